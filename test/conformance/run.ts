import { parseArgs } from "node:util";
import { InputError } from "@bucket-warden/core/kernel";

/*
 * `npm run test:conformance`: the sandbox beside other judges. With `-- --account 111122223333 --confirm
 * "create and delete buckets in 111122223333"` the questions about buckets are put to that account.
 */
const text = { type: "string" } as const;
const { values } = parseArgs({ options: { account: text, confirm: text } });
if (values.account === undefined && values.confirm === undefined) {
  await import("./calls/against-moto.ts");
  const ofMoto = process.exitCode ?? 0;
  await import("./against-cfn-lint.ts");
  process.exitCode = Math.max(Number(ofMoto), Number(process.exitCode ?? 0));
} else {
  const { askAccount } = await import("./account/against-account.ts");
  try {
    const { asked, different } = await askAccount({ ...values } as Parameters<
      typeof askAccount
    >[0]);
    process.stdout.write(`${asked.length} questions, ${different.length} answered otherwise\n`);
    for (const { name, expected, seen } of different) {
      process.stdout.write(
        `${name}\n  expected ${JSON.stringify(expected)}\n  seen     ${JSON.stringify(seen)}\n`,
      );
    }
    process.exitCode = different.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stdout.write(`REFUSED: ${error.message}\n`);
    process.exitCode = 1;
  }
}
