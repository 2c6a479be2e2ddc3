import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { buttonsOf, startSlack } from "@bucket-warden/sandbox";
import { deploySlack, type SlackSettings } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test, vi } from "vitest";
import { variablesOf } from "../roles/organization.ts";
import { rehearse } from "./rehearsal.ts";

const slack = await startSlack();
const stage = await rehearse();
let closings = 0;
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await slack.stop();
});

async function store(Name: string, Value: string): Promise<void> {
  const { endpoint, region } = stage.sandbox;
  const credentials = { accessKeyId: "operator", secretAccessKey: "any" };
  const ssm = new SSMClient({ endpoint, region, credentials });
  await ssm.send(new PutParameterCommand({ Name, Value, Type: "SecureString", Overwrite: true }));
}

function deployed(variables: SlackSettings["variables"] = {}) {
  return deploySlack(stage.sandbox, stage.deployment, slack, { variables, variablesOf });
}

test("a webhook whose address is a secret tells everything, with commands instead of buttons", async () => {
  await store("/bucket-warden/slack/webhook", slack.webhookUrl);
  const { idle } = await deployed({
    WARDEN_SLACK_TOKEN: undefined,
    WARDEN_SLACK_WEBHOOK_PARAMETER: "/bucket-warden/slack/webhook",
  });
  const bucket = stage.bucket("hook");
  slack.limit(1, 1);
  await stage.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  await idle();
  const [message, ...others] = slack.workspace.messages;
  expect(others).toEqual([]);
  expect(message?.text).toContain(`: ${bucket} (`);
  expect(message === undefined ? [] : buttonsOf(message)).toEqual([]);
  expect(JSON.stringify(message?.blocks)).toContain("warden undo ");
});

test("token and signing secret may be secrets as well", async () => {
  await store("/bucket-warden/slack/token", slack.token);
  await store("/bucket-warden/slack/signing-secret", slack.signingSecret);
  const { request } = await deployed({
    WARDEN_SLACK_TOKEN: undefined,
    WARDEN_SLACK_TOKEN_PARAMETER: "/bucket-warden/slack/token",
    WARDEN_SLACK_SIGNING_SECRET: undefined,
    WARDEN_SLACK_SIGNING_SECRET_PARAMETER: "/bucket-warden/slack/signing-secret",
  });
  expect(await request(closed())).toEqual({ status: 200, body: "" });
});

test.each([
  { name: "forged", change: { "x-slack-signature": `v0=${"0".repeat(64)}` } },
  { name: "stale", change: { "x-slack-request-timestamp": "1700000000" } },
  { name: "unsigned", change: { "x-slack-signature": "" } },
])("a request that is $name is refused with 401, and counted", async ({ name, change }) => {
  const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { request } = await deployed({ WARDEN_METRICS: "on" });
  const { headers, body } = closed();
  expect(await request({ headers: { ...headers, ...change }, body })).toEqual({
    status: 401,
    body: "",
  });
  expect(countsIn(printed.mock.calls)).toEqual([`SlackRefused-${name}`]);
});

test("a request that comes twice is refused with 401 the second time, and counted", async () => {
  const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { request } = await deployed({ WARDEN_METRICS: "on" });
  const push = closed();
  expect((await request(push)).status).toBe(200);
  expect((await request(push)).status).toBe(401);
  expect(countsIn(printed.mock.calls)).toContain("SlackRefused-replayed");
});

test("a genuine request that asks for nothing we know is no reason to fail", async () => {
  const { request } = await deployed();
  expect((await request(closed())).status).toBe(200);
  expect((await request(slack.sign({ type: "block_actions" }))).status).toBe(400);
});

/** Somebody closed a form: nothing is asked for. Each is sent at a time of its own. */
function closed() {
  closings += 1;
  return slack.sign({ type: "view_closed", closings });
}

/** The names of the metrics that were printed. */
function countsIn(calls: readonly (readonly unknown[])[]): readonly string[] {
  const lines = calls.map(([text]) => String(text)).filter((text) => text.includes('"_aws"'));
  return lines.flatMap((line) => Object.keys(JSON.parse(line)).filter((it) => /^Slack/.test(it)));
}
