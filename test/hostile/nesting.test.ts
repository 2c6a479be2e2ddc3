import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseInteraction, parseQueued } from "@bucket-warden/core/event";
import { InputError } from "@bucket-warden/core/kernel";
import { ledgerIn, type Table } from "@bucket-warden/core/record";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseText } from "../../packages/cli/src/baseline/source.ts";
import { folderTable } from "../../packages/cli/src/ledger/folder-table.ts";
import { jsonFormat } from "../../packages/cli/src/output/json.ts";
import { readScan } from "../../packages/cli/src/output/read-scan.ts";
import { planText, readPlan } from "../../packages/cli/src/plan/plan-file.ts";
import { parseQuestion } from "../../packages/cli/src/policy/question.ts";
import { parseEnvironment } from "../../packages/functions/src/environment.ts";
import { mailIn } from "../../packages/functions/src/slack/mail.ts";
import { bucketCalled } from "../notify/messages.ts";
import { printed, someLooks, somePlan } from "../output/scans.ts";

/*
 * Text that nests deeper than the stack is high: each door that reads text refuses it with one clear
 * error, wherever in it the depth begins, and also where nothing else is wrong.
 */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-nesting-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function inFile<T>(text: string, read: (file: string) => T): Promise<Awaited<T>> {
  const file = join(folder, "input.json");
  await writeFile(file, text);
  return await read(file);
}

const place = { account: "111122223333", region: "eu-west-1" };
const task = {
  id: "t-1",
  ref: { kind: "bucket", name: "invoices", ...place },
  cause: { kind: "sweep", sweepId: "s" },
  mode: "apply",
  touches: "all",
};
const question = { id: "q", bucket: "invoices", guarantee: "ssl-only", policy: { Statement: [] } };
const variables = {
  AWS_REGION: "eu-west-1",
  WARDEN_TASK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/tasks.fifo",
  WARDEN_LOOK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/looks.fifo",
  WARDEN_LEDGER_TABLE: "bucket-warden-ledger",
  WARDEN_TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:news",
};

interface Door {
  readonly door: string;
  readonly sample: string;
  readonly enter: (text: string) => unknown;
}

const doors: readonly Door[] = [
  { door: "a stored plan", sample: planText(somePlan), enter: (it) => inFile(it, readPlan) },
  {
    door: "a saved scan",
    sample: printed(jsonFormat(), someLooks()),
    enter: (text) => inFile(text, readScan),
  },
  { door: "a message of the queue", sample: JSON.stringify(task), enter: parseQueued },
  { door: "a question about a policy", sample: JSON.stringify(question), enter: parseQuestion },
  {
    door: "a push in Slack",
    sample: JSON.stringify({ type: "block_actions" }),
    enter: (text) => parseInteraction(`payload=${encodeURIComponent(text)}`),
  },
  {
    door: "mail of the topic",
    sample: JSON.stringify({ id: "m", at: "t", notices: [] }),
    enter: (Message) => mailIn({ Sns: { Message, TopicArn: "arn:aws:sns:x" } } as never),
  },
  {
    door: "a baseline of a function",
    sample: JSON.stringify({ "ssl-only": { mode: "alert" } }),
    enter: (text) => parseEnvironment({ ...variables, WARDEN_BASELINE: text }),
  },
  {
    door: "a baseline as JSON",
    sample: JSON.stringify({ "ssl-only": { mode: "alert" } }),
    enter: (text) => parseText("warden.config.json", text),
  },
  {
    door: "a record of a ledger in a folder",
    sample: JSON.stringify({ id: "t-1" }),
    enter: async (text) => {
      await mkdir(join(folder, "p"), { recursive: true });
      await writeFile(join(folder, "p", "s.json"), text);
      return folderTable(folder).get("p", "s");
    },
  },
];

const depths = [1_500, 10_000, 100_000];
const nested = (depth: number) => `${'{"a":['.repeat(depth / 2)}1${"]}".repeat(depth / 2)}`;

test.each(doors.flatMap((it) => depths.map((depth) => ({ ...it, depth }))))(
  "$door of $depth levels is refused in one sentence",
  async ({ sample, enter, depth }) => {
    const deep = nested(depth);
    // Alone, as one member more at the end, and as one more in the first object within.
    const texts = [deep, sample.trimEnd().replace(/\}$/, `,"more":${deep}}`)];
    for (const text of texts) {
      const refused = Promise.try(() => enter(text));
      await expect(refused).rejects.toThrow(InputError);
      await expect(refused).rejects.toMatchObject({ remedy: expect.stringMatching(/^\S.*\.$/) });
    }
  },
);

test.each(doors.filter(({ door }) => door !== "mail of the topic"))(
  "$door says that depth is the matter",
  async ({ sample, enter }) => {
    const text = sample.trimEnd().replace(/\}$/, `,"more":${nested(10_000)}}`);
    await expect(Promise.try(() => enter(text))).rejects.toThrow(/nested (deeper|too deeply)/);
  },
);

test.each([
  { open: "[", close: "]", least: 150 },
  { open: '{"a":', close: "}", least: 150 },
  { open: "{a: ", close: "}", least: 150 },
  { open: "- ", close: "", least: 150 },
  // Keys within keys become one text.
  { open: "? ", close: "", least: 1_500 },
  { open: "a: &x [", close: "]", least: 150 },
])("YAML of many $open is refused in one sentence", ({ open, close, least }) => {
  for (const depth of [least, 1_500, 10_000]) {
    const text = `${open.repeat(depth)}1${close.repeat(depth)}`;
    const read = () => parseText("warden.config.yaml", text);
    expect(read).toThrow(/warden.config.yaml: it is nested too deeply, or its aliases/);
  }
});

test("a record of the ledger that nests too deeply is refused with its place", async () => {
  const on = bucketCalled("invoices");
  const waiver = {
    accounts: ["111122223333"],
    controls: ["versioning"],
    reason: "r",
    approver: "b",
  };
  const value = {
    id: "t",
    waiver: { ...waiver, approved: "x", expires: "x" },
    more: JSON.parse(nested(10_000)),
  };
  const table = {
    async *list() {
      yield { partition: "p", sort: "waiver#t", value };
    },
  } as unknown as Table;
  await expect(ledgerIn(table).waivers(on)).rejects.toThrow(
    /^ledger\..*it is nested deeper than 100/,
  );
});
