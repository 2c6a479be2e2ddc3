import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { parseEnvironment } from "../../packages/functions/src/environment.ts";
import { membersOf } from "../../scripts/stacks/policies.ts";
import { releaseIn } from "../../stacks/release.ts";

const { resources } = inject("organization");
const functions = resources.filter(({ type }) => type === "aws:lambda/function:Function");

const variablesOf = (name: string): Readonly<Record<string, string>> => {
  const found = functions.find((it) => it.name === name);
  const variables = membersOf(membersOf(found?.inputs["environment"])["variables"]);
  return Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)]));
};

test("every function takes the environment that it is given", () => {
  expect(functions.length).toBeGreaterThan(5);
  for (const { name } of functions) {
    const { WARDEN_BASELINE_FILE: file, ...variables } = variablesOf(name);
    expect(file).toBe("baseline.json");
    const variablesThere = { ...variables, WARDEN_BASELINE: "{}", AWS_REGION: "eu-central-1" };
    expect(parseEnvironment(variablesThere), name).toMatchObject({
      region: "eu-central-1",
      regions: ["eu-central-1", "eu-west-1", "us-east-1"],
      lookQueueUrl: "https://sqs.eu-central-1.amazonaws.com/111122223333/bucket-warden-looks",
      taskQueueUrl: "https://sqs.eu-central-1.amazonaws.com/111122223333/bucket-warden-tasks.fifo",
      ledgerTable: "bucket-warden-ledger",
      topicArn: "arn:aws:sns:eu-central-1:111122223333:bucket-warden-messages",
      stopParameter: "/bucket-warden/stop",
      ownResources: expect.arrayContaining(["bucket-warden*"]),
      // Sweeps trust no look of another version, and all functions must say the same one.
      release: releaseIn(join(import.meta.dirname, "..", "..")),
    });
  }
});

test.each([
  { name: "IntakeFunction", role: "bucket-warden-reader" },
  { name: "SweepFunction", role: "bucket-warden-reader" },
  { name: "LookFunction", role: "bucket-warden-reader" },
  { name: "InvokeFunction", role: "bucket-warden-reader" },
  { name: "SlackWorkFunction", role: "bucket-warden-reader" },
  { name: "RemediateFunction", role: "bucket-warden-remediation" },
  { name: "HistoryFunction", role: undefined },
  { name: "NotifySlackFunction", role: undefined },
  { name: "SlackActionFunction", role: undefined },
])("$name takes on $role in the account of a bucket", ({ name, role }) => {
  expect(variablesOf(name)["WARDEN_MEMBER_ROLE"]).toBe(role);
});

test.each(["organization", "account"] as const)(
  "the member roles of an %s trust functions that are deployed, and no other",
  (kind) => {
    const all = inject(kind).resources;
    const bodies = all
      .map(({ inputs }) => inputs["templateBody"])
      .filter(Boolean)
      .join();
    const trusted = [...bodies.matchAll(/role\/(bucket-warden-[a-z-]+)"/g)].map(([, name]) => name);
    const deployed = all
      .filter(({ type }) => type === "aws:lambda/function:Function")
      .map(({ inputs }) => inputs["name"]);
    const isTrusted = (work: string) => trusted.some((name) => name?.endsWith(`-${work}`));
    expect(isTrusted("remediate")).toBe(true);
    expect(isTrusted("slack-work")).toBe(kind === "organization");
    expect(trusted.filter((name) => !deployed.includes(name))).toEqual([]);
  },
);

test("one function alone can be called from the internet, through its URL", () => {
  const open = resources.filter(
    ({ type, inputs }) =>
      type === "aws:lambda/permission:Permission" && inputs["principal"] === "*",
  );
  expect(open.map(({ inputs }) => inputs["function"])).toEqual([
    "bucket-warden-slack-action",
    "bucket-warden-slack-action",
  ]);
  const urls = resources.filter(({ type }) => type === "aws:lambda/functionUrl:FunctionUrl");
  expect(urls.map(({ name }) => name)).toEqual(["SlackActionUrl"]);
});

test("only remediate works off tasks, and look looks, and as many at once as each may run", () => {
  const mappings = resources
    .filter(({ type }) => type.endsWith(":EventSourceMapping"))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const atOnce = (name: string) =>
    functions.find((it) => it.name === name)?.inputs["reservedConcurrentExecutions"];
  const lambda = "arn:aws:lambda:eu-central-1:111122223333:function";
  expect(mappings.map(({ inputs }) => inputs)).toMatchObject([
    {
      eventSourceArn: "arn:aws:sqs:eu-central-1:111122223333:bucket-warden-looks",
      functionName: `${lambda}:bucket-warden-look`,
      batchSize: 1,
      scalingConfig: { maximumConcurrency: atOnce("LookFunction") },
    },
    {
      eventSourceArn: "arn:aws:sqs:eu-central-1:111122223333:bucket-warden-tasks.fifo",
      functionName: `${lambda}:bucket-warden-remediate`,
      batchSize: 1,
      scalingConfig: { maximumConcurrency: atOnce("RemediateFunction") },
    },
  ]);
});

test("looks wait in a standard queue, whose dead letters only it sends", () => {
  const queueOf = (title: string) =>
    resources.find(({ type, name }) => type === "aws:sqs/queue:Queue" && name === title)?.inputs;
  const own = "arn:aws:sqs:eu-central-1:111122223333:bucket-warden-looks";
  expect(queueOf("Looks")?.["fifoQueue"]).toBeUndefined();
  expect(JSON.parse(String(queueOf("DeadLooks")?.["redriveAllowPolicy"]))).toEqual({
    redrivePermission: "byQueue",
    sourceQueueArns: [own],
  });
  const look = functions.find(({ name }) => name === "LookFunction");
  const visible = Number(queueOf("Looks")?.["visibilityTimeoutSeconds"]);
  expect(visible).toBe(6 * Number(look?.inputs["timeout"]));
});
