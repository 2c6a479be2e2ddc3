import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { controls } from "@bucket-warden/core/controls";
import { eventRules } from "@bucket-warden/core/event";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { wardenHere } from "./warden-here.ts";

const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const folder = await mkdtemp(join(tmpdir(), "warden-doctor-"));
const deployed = { ...sandboxBaseline, "account-public-access": { mode: "off" } };
await writeFile(join(folder, "deployed.json"), JSON.stringify(deployed));
await writeFile(join(folder, "other.json"), JSON.stringify(sandboxBaseline));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
const { world, faults } = stage.sandbox;

function doctor(...words: readonly string[]) {
  const env = { ...stage.sandbox.environment, AWS_ACCESS_KEY_ID: "me", NO_COLOR: "1" };
  return wardenHere(["doctor", ...words], { env, cwd: folder });
}

interface Line {
  readonly check: string;
  readonly status: string;
  readonly saw: string;
}

/** The lines of one check, as `status: saw`. */
async function check(name: string, ...words: readonly string[]): Promise<readonly string[]> {
  const { out } = await doctor(...words, "--json");
  const lines = JSON.parse(out) as readonly Line[];
  return lines.filter((it) => it.check === name).map(({ status, saw }) => `${status}: ${saw}`);
}

test("where all is well, each check says what it saw", async () => {
  const { code, out } = await doctor("--baseline", "deployed.json");
  expect(out.replace(/\d{4}-\d\d-\d\dT\S+/, "TIME").replace(/:\d{4,5} /, ":PORT ")).toBe(
    `ok       endpoint           http://127.0.0.1:PORT (AWS_ENDPOINT_URL), not AWS itself
ok       credentials        arn:aws:iam::111122223333:user/me
ok       baseline           deployed.json
ok       buckets            1 bucket in 1 Region of account 111122223333
ok       permissions        ${/\d+ readings/.exec(out)?.[0]} of bucket ${stage.logBucket}, the Region and the account were allowed
ok       Regions            us-east-1 answers
ok       trail              organization trail management-events records every management call that writes; it does not encrypt with a KMS key
ok       deployment         8 functions with nodejs24.x, last deployed TIME
ok       deployed baseline  it is deployed.json
ok       queue              tasks that wait: 0
ok       dead letters       tasks that could not be worked off: 0
ok       looks              orders to look that wait: 0
ok       dead looks         orders to look that could not be worked off: 0
ok       stop switch        off
ok       rules              ${eventRules(controls).length} rules in us-east-1 let events through
`,
  );
  expect(code).toBe(0);
});

test("an action that is missing is named with what is unread without it", async () => {
  const end = faults.add({ kind: "access-denied", operation: "GetBucketEncryption" });
  const { code, out } = await doctor();
  end();
  expect(code).toBe(2);
  expect(out).toContain(
    `fail     permissions        s3:GetEncryptionConfiguration is denied, so these are unread: encryption of ${stage.logBucket}`,
  );
  expect(out).toContain("Have s3:GetEncryptionConfiguration allowed");
});

test("a list that is denied is one of the lines, and the others are there all the same", async () => {
  const end = faults.add({ kind: "access-denied", operation: "ListBuckets" });
  const { code, out } = await doctor("--baseline", "deployed.json");
  end();
  expect(code).toBe(2);
  expect(out).toMatch(/^fail {5}the list of buckets +AccessDenied/m);
  expect(out).toMatch(/^ok {7}deployment/m);
});

test("a Region in which buckets do not answer is named", async () => {
  const end = faults.add({ kind: "access-denied", operation: "GetBucketVersioning" });
  const [line] = await check("Regions");
  end();
  expect(line).toMatch(/^fail: us-east-1 does not answer for .*AccessDenied/);
});

test("another baseline than the deployed one is noticed", async () => {
  expect(await check("deployed baseline", "--baseline", "other.json")).toEqual([
    "warn: it is another one than other.json",
  ]);
});

test("what is stopped, and what nobody worked off, is noticed", async () => {
  const { endpoint, region } = stage.sandbox;
  const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
  const settings = { endpoint, region, credentials };
  const [ssm, sqs] = [new SSMClient(settings), new SQSClient(settings)];
  const Name = "/bucket-warden/stop";
  const put = (Value: string) =>
    new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true });
  const letters = [...world.queues.values()].find(({ name }) => name.includes("dead"));
  await ssm.send(put("an audit"));
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: letters?.url,
      MessageBody: "a task",
      MessageGroupId: "g",
      MessageDeduplicationId: "d",
    }),
  );
  expect(await check("stop switch")).toEqual(["warn: all writing is stopped: an audit"]);
  expect(await check("dead letters")).toEqual(["fail: tasks that could not be worked off: 1"]);
  await ssm.send(put("off"));
});

test("a deployment of which a part is missing is told, and one that is not there is none", async () => {
  const variables = new Map(world.functionVariables);
  world.functionVariables.delete("bucket-warden-sweep");
  expect(await check("deployment")).toEqual([
    "fail: bucket-warden-sweep is not there, and others are",
  ]);
  expect(await check("deployment", "--prefix", "other")).toEqual([
    "ok: nothing of other in account 111122223333 and Region us-east-1; plan, apply and --local work without",
  ]);
  for (const [name, value] of variables) world.functionVariables.set(name, value);
});

test("rules that are gone or switched off, and those that may not be listed, are told", async () => {
  const { endpoint, region } = stage.sandbox;
  const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
  const eventBridge = new EventBridgeClient({ endpoint, region, credentials });
  const [trails, roots] = ["bucket-warden-trails", "bucket-warden-tamper-sts"];
  await eventBridge.send(new DisableRuleCommand({ Name: trails }));
  await eventBridge.send(new EnableRuleCommand({ Name: roots }));
  await eventBridge.send(new DeleteRuleCommand({ Name: "bucket-warden-buckets" }));
  expect(await check("rules")).toEqual([
    "fail: bucket-warden-buckets is not there in us-east-1",
    "fail: bucket-warden-trails is disabled in us-east-1",
    "fail: bucket-warden-tamper-sts in us-east-1 sees no calls that only read",
  ]);
  const end = faults.add({ kind: "access-denied", operation: "ListRules" });
  const { out } = await doctor("--baseline", "deployed.json");
  expect(out).toMatch(/^unknown {2}rules +those of us-east-1 could not be listed \(AccessDenied/m);
  expect(out).toContain("Have events:ListRules allowed.");
  // Without functions nobody expects that rules may be listed.
  expect(await check("rules", "--prefix", "other")).toEqual([]);
  end();
  world.eventRules.length = 0;
  expect(await check("rules")).toEqual([
    "warn: there is none of bucket-warden in us-east-1, so this account hears of no change there",
  ]);
});

test("without credentials that count nothing else is asked", async () => {
  const end = faults.add({ kind: "access-denied", operation: "GetCallerIdentity" });
  const { code, out } = await doctor();
  end();
  expect(code).toBe(2);
  expect(out.split("\n")[1]).toMatch(/^fail {5}credentials {2}AccessDenied/);
});

test("a profile that is not there is named, with the files in which it was looked for", async () => {
  const files = { AWS_CONFIG_FILE: "here.config", AWS_SHARED_CREDENTIALS_FILE: "here.credentials" };
  const env = { ...stage.sandbox.environment, ...files, AWS_PROFILE: "nope", NO_COLOR: "1" };
  const { code, out } = await wardenHere(["doctor"], { env, cwd: folder });
  expect(code).toBe(2);
  expect(out).toMatch(/^fail {5}profile nope +it gives no credentials \(/m);
  expect(out).toContain("profiles were looked for in here.config and here.credentials");
});
