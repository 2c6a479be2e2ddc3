import { InputError } from "@bucket-warden/core/kernel";
import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { type Command, InvalidArgumentError } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { timelineOf } from "../ledger/describe.ts";
import { ledgerOf } from "../local/place.ts";
import { heldAfterWork } from "../output/own-words.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly account?: string;
  readonly most: number;
  readonly function: string;
  readonly local?: boolean;
  readonly ledger?: string;
  readonly json?: boolean;
}

export function addHistory(program: Command): void {
  const command = program
    .command("history")
    .summary("show what was done about a bucket, with diffs")
    .description(
      "Shows the ledger of one bucket as a time line: who or what made the Warden look, what it wrote, what it left to people. Nothing is changed.",
    )
    .argument("<bucket>", "the name of the bucket")
    .option(
      "--account <id>",
      "the account that owns it; else that of the function, or the only one",
    )
    .option("--most <number>", "how many entries to show, the newest", parseMost, 20)
    .option("--function <name>", "the deployed function to ask", "bucket-warden-history")
    .option("--local", "show what was done with --local")
    .option("--ledger <folder>", "read the ledger in this folder")
    .option("--json", "print one JSON array, newest first")
    .action(async (bucket: string, options: Options) => {
      const past = await pastOf(bucket, options);
      if (options.json === true) print(JSON.stringify(past));
      else if (past.length === 0) print(`Nothing is recorded about ${bucket}.`);
      else {
        const isLocal = options.local === true || options.ledger !== undefined;
        const told = past.map((work) => ({
          ...work,
          held: heldAfterWork(work.held, { resource: bucket, isLocal }),
        }));
        for (const line of timelineOf(told)) print(line);
      }
    });
  guide(callsAws(command), {
    examples: [
      "warden history invoices",
      "warden history invoices --json | jq -r '.[0].id'",
      "warden history invoices --local",
      "warden history invoices --ledger ./ledger --account 111122223333",
    ],
    exitCodes: { 0: "it is shown, also where nothing is recorded" },
    more: whereAwsIs,
  });
}

async function pastOf(bucket: string, options: Options) {
  const { account, most, ledger, local } = options;
  if (local === true || ledger !== undefined) return pastIn(ledgerOf(options), bucket, options);
  // The SDK is large, and most other commands do without it.
  const { requestHistory } = await import("../ledger/invoke.ts");
  const request = { bucket, most, ...(account === undefined ? {} : { account }) };
  return requestHistory(options.function, request);
}

async function pastIn(folder: string, bucket: string, { account, most }: Options) {
  const [{ historyOf }, { ledgerIn }, { accountsWith, folderTable }] = await Promise.all([
    import("@bucket-warden/core/history"),
    import("@bucket-warden/core/record"),
    import("../ledger/folder-table.ts"),
  ]);
  const name = parseBucketName(bucket, "<bucket>");
  const [owner, another] = account === undefined ? await accountsWith(folder, name) : [account];
  if (another !== undefined) throw severalAccounts(folder, bucket);
  if (owner === undefined) return [];
  const on = {
    kind: "bucket",
    name,
    account: parseAccountId(owner, "--account"),
    region: parseRegion("us-east-1", "--ledger"), // no part of the place of a bucket in a ledger
  } as const;
  return historyOf(ledgerIn(folderTable(folder)), on, most);
}

function severalAccounts(folder: string, bucket: string): InputError {
  return new InputError({
    place: "--account",
    problem: `it is missing, and ${folder} knows a bucket ${bucket} of more than one account`,
    remedy: "Give the id of the account that owns the bucket.",
  });
}

function parseMost(text: string): number {
  const most = Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= 100) return most;
  throw new InvalidArgumentError("It must be a whole number from 1 to 100.");
}
