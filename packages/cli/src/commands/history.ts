import { InputError } from "@bucket-warden/core/kernel";
import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { type Command, InvalidArgumentError } from "commander";
import { timelineOf } from "../ledger/describe.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly account?: string;
  readonly most: number;
  readonly function: string;
  readonly ledger?: string;
  readonly json?: boolean;
}

export function addHistory(program: Command): void {
  program
    .command("history")
    .summary("show what was done about a bucket, with diffs")
    .description(
      "Shows the ledger of one bucket as a time line: who or what made the Warden look, what it wrote, what it left to people. Nothing is changed.",
    )
    .argument("<bucket>", "the name of the bucket")
    .option("--account <id>", "the account that owns it; that of the function when left out")
    .option("--most <number>", "how many entries to show, the newest", parseMost, 20)
    .option("--function <name>", "the deployed function to ask", "bucket-warden-history")
    .option("--ledger <folder>", "read this folder instead of asking a function")
    .option("--json", "print one JSON array, newest first")
    .addHelpText(
      "after",
      "\nExamples:\n  $ warden history invoices\n  $ warden history invoices --json | jq -r '.[0].id'\n  $ warden history invoices --ledger ./ledger --account 111122223333\n\nRegion, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.",
    )
    .action(async (bucket: string, options: Options) => {
      const past = await pastOf(bucket, options);
      if (options.json === true) print(JSON.stringify(past));
      else if (past.length === 0) print(`Nothing is recorded about ${bucket}.`);
      else for (const line of timelineOf(past)) print(line);
    });
}

async function pastOf(bucket: string, options: Options) {
  const { account, most, ledger } = options;
  if (ledger !== undefined) return pastIn(ledger, bucket, options);
  // The SDK is large, and most other commands do without it.
  const { requestHistory } = await import("../ledger/invoke.ts");
  const request = { bucket, most, ...(account === undefined ? {} : { account }) };
  return requestHistory(options.function, request);
}

async function pastIn(folder: string, bucket: string, { account, most }: Options) {
  if (account === undefined) {
    throw new InputError({
      place: "--account",
      problem: "it is missing, and a folder belongs to no account",
      remedy: "Give the id of the account that owns the bucket.",
    });
  }
  const [{ historyOf }, { ledgerIn }, { folderTable }] = await Promise.all([
    import("@bucket-warden/core/history"),
    import("@bucket-warden/core/record"),
    import("../ledger/folder-table.ts"),
  ]);
  const on = {
    kind: "bucket",
    name: parseBucketName(bucket, "<bucket>"),
    account: parseAccountId(account, "--account"),
    region: parseRegion("us-east-1", "--ledger"), // no part of the place of a bucket in a ledger
  } as const;
  return historyOf(ledgerIn(folderTable(folder)), on, most);
}

function parseMost(text: string): number {
  const most = Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= 100) return most;
  throw new InvalidArgumentError("It must be a whole number from 1 to 100.");
}
