import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, type Principal, parse } from "@bucket-warden/core/policy";
import { type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import { expect, inject, test } from "vitest";
import {
  type EventPattern,
  matchesPattern,
  parsePattern,
} from "../../packages/sandbox/src/event-bus/pattern.ts";
import { listOf, membersOf } from "../../scripts/stacks/policies.ts";

const { resources } = inject("organization");

interface Rule {
  readonly name: string;
  readonly written: unknown;
  readonly pattern: EventPattern;
}

function ruleOf(name: unknown, text: string): Rule {
  return { name: String(name), written: JSON.parse(text), pattern: parsePattern(text) };
}

/** Without those that run by the clock. */
const hubRules: readonly Rule[] = resources
  .filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule")
  .filter(({ inputs }) => inputs["eventPattern"] !== undefined)
  .map(({ inputs }) => ruleOf(inputs["name"], String(inputs["eventPattern"])));

/** The rules of each account, as they stand in the template that the StackSet deploys. */
const memberRules: readonly Rule[] = resources
  .filter(({ name }) => name === "Members")
  .flatMap(({ inputs }) => {
    const template = membersOf(JSON.parse(String(inputs["templateBody"])));
    return Object.values(membersOf(template["Resources"])).map(membersOf);
  })
  .filter((it) => it["Type"] === "AWS::Events::Rule")
  .map((it) => membersOf(it["Properties"]))
  .filter((it) => it["EventPattern"] !== undefined)
  .map((it) => ruleOf(it["Name"], JSON.stringify(it["EventPattern"])));

const namesOf = (rules: readonly Rule[], event: unknown) =>
  rules.filter(({ pattern }) => matchesPattern(pattern, event)).map(({ name }) => name);

const folder = join(import.meta.dirname, "..", "fixtures", "events");
const captured = readdirSync(folder).map((file) => ({
  file,
  event: JSON.parse(readFileSync(join(folder, file), "utf8")),
}));

test("captured records take the same rule in their account and on the hub", () => {
  const taken = captured.map(({ file, event }) => {
    const inAccount = namesOf(memberRules, event);
    expect(namesOf(hubRules, event)).toEqual(inAccount);
    return `${file}: ${inAccount.join() || "-"}`;
  });
  expect(taken).toMatchInlineSnapshot(`
    [
      "create-bucket-elsewhere.json: bucket-warden-buckets",
      "create-bucket.json: bucket-warden-buckets",
      "delete-bucket-encryption.json: bucket-warden-buckets",
      "delete-bucket-lifecycle.json: bucket-warden-buckets",
      "delete-bucket-logging.json: bucket-warden-buckets",
      "delete-bucket-policy-2015.json: bucket-warden-buckets",
      "delete-bucket.json: bucket-warden-buckets",
      "disable-key.json: bucket-warden-tamper-kms",
      "get-bucket-policy.json: -",
      "put-account-public-access-block.json: bucket-warden-buckets",
      "put-bucket-encryption.json: bucket-warden-buckets",
      "put-bucket-lifecycle-one-rule.json: bucket-warden-buckets",
      "put-bucket-lifecycle-two-rules.json: bucket-warden-buckets",
      "put-bucket-logging-empty.json: bucket-warden-buckets",
      "put-bucket-logging-grants.json: bucket-warden-buckets",
      "put-bucket-object-lock-configuration.json: bucket-warden-buckets",
      "put-bucket-policy-denied.json: -",
      "put-bucket-policy-directory-bucket.json: -",
      "put-bucket-policy.json: bucket-warden-buckets",
      "put-bucket-request-payment.json: bucket-warden-buckets",
      "put-bucket-tagging.json: bucket-warden-buckets",
      "put-bucket-versioning-cloudformation.json: bucket-warden-buckets",
      "put-bucket-versioning-foreign-caller.json: bucket-warden-buckets",
      "put-bucket-versioning-foreign-owner.json: bucket-warden-buckets",
      "put-bucket-website.json: bucket-warden-buckets",
    ]
  `);
});

test("every rule of the accounts has its like on the hub, and lets a record through", async () => {
  const sandbox = await startSandbox();
  try {
    const names = hubRules.map(({ name }) => name).filter((name) => !name.endsWith("-sweep"));
    expect(memberRules.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const { name, written } of memberRules) {
      const event = eventFor(written, sandbox);
      expect(namesOf(memberRules, event)).toEqual([name]);
      expect(namesOf(hubRules, event)).toEqual([name]);
    }
  } finally {
    await sandbox.stop();
  }
});

/** A record as CloudTrail would make it, of the first call that a rule names. */
function eventFor(written: unknown, { recordForeign }: Sandbox): object {
  const detail = membersOf(membersOf(written)["detail"]);
  const [name] = listOf(detail["eventName"]);
  const eventName = String(membersOf(name)["prefix"] ?? name);
  const [source] = listOf(membersOf(written)["source"]);
  const [eventSource] = listOf(detail["eventSource"]);
  return {
    source,
    "detail-type": "AWS API Call via CloudTrail",
    account: "444455556666",
    detail: recordForeign({ eventSource: String(eventSource), eventName }),
  };
}

test.each([
  { name: "a call that failed", change: { errorCode: "AccessDenied" } },
  { name: "a call that reads", change: { eventName: "GetBucketPolicy", readOnly: true } },
  { name: "a call on an object", change: { eventName: "PutObject" } },
])("nothing delivers $name", ({ change }) => {
  const policy = captured.find(({ file }) => file === "put-bucket-policy.json")?.event;
  expect(namesOf(hubRules, policy)).toEqual(["bucket-warden-buckets"]);
  const event = { ...policy, detail: { ...policy.detail, ...change } };
  expect([...namesOf(memberRules, event), ...namesOf(hubRules, event)]).toEqual([]);
});

test("what somebody publishes in the shape of a record is nobody's record", () => {
  const policy = captured.find(({ file }) => file === "put-bucket-policy.json")?.event;
  // Only AWS can publish a source that begins with `aws.`.
  expect(namesOf(hubRules, { ...policy, source: "com.example.s3" })).toEqual([]);
});

test("an account asks for its sweep by its own schedule alone", () => {
  const event = (rule: string) => ({
    source: "aws.events",
    "detail-type": "Scheduled Event",
    account: "444455556666",
    resources: [`arn:aws:events:eu-central-1:444455556666:rule/${rule}`],
    detail: {},
  });
  expect(namesOf(hubRules, event("bucket-warden-sweep"))).toEqual(["bucket-warden-sweep"]);
  expect(namesOf(hubRules, event("nightly-report"))).toEqual([]);
});

const forwarder = (account: string, orgId: string, role = "bucket-warden-forwarder-eu-west-1") =>
  ({
    kind: "role-session",
    account,
    orgId,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/session`,
    roleArn: `arn:aws:iam::${account}:role/${role}`,
  }) as const satisfies Principal;

test.each<{ name: string; principal: Principal; admitted: boolean }>([
  {
    name: "the forwarder of an account of the organization",
    principal: forwarder("444455556666", "o-exampleorgid"),
    admitted: true,
  },
  {
    name: "another role of that account",
    principal: forwarder("444455556666", "o-exampleorgid", "deploy"),
    admitted: false,
  },
  {
    name: "a forwarder of a foreign organization",
    principal: forwarder("999988887777", "o-foreignorgid"),
    admitted: false,
  },
  { name: "anybody", principal: { kind: "anonymous" }, admitted: false },
])("the bus admits $name: $admitted", ({ principal, admitted }) => {
  const [bus] = resources.filter(({ name }) => name === "BusPolicy");
  const parsed = parse(String(bus?.inputs["policy"]));
  if (parsed.kind !== "parsed") throw new Error("the bus has no policy that IAM takes");
  const decision = evaluate(parsed.policy, {
    principal,
    action: "events:PutEvents",
    resource: "arn:aws:events:eu-central-1:111122223333:event-bus/bucket-warden",
    context: {},
  });
  expect(decision.kind === "allow").toBe(admitted);
});
