import { createHmac } from "node:crypto";
import { controls } from "@bucket-warden/core/controls";
import {
  asksToUndo,
  asksToWaive,
  checkSignature,
  parseInteraction,
  parseManual,
  parseOwnResources,
  parseQueued,
  parseUndo,
  parseWaive,
} from "@bucket-warden/core/event";
import fc from "fast-check";
import { parseEnvironment } from "../../../packages/functions/src/environment.ts";
import { parseHistoryRequest } from "../../../packages/functions/src/history-request.ts";
import { mailIn } from "../../../packages/functions/src/slack/mail.ts";
import { hostileText } from "../../arbitraries/hostile.ts";
import { jsonOf, mangled, mangledText } from "../../arbitraries/mangled.ts";
import { door } from "../door.ts";

const signed = { mode: "apply", reason: "audit", requestedBy: "bob" };
const defaults = {
  id: "request-1",
  account: "111122223333",
  region: "eu-west-1",
  knownControls: controls,
  mostDays: 90,
};

const requests = [
  { ...signed },
  { ...signed, bucket: "invoices", account: "444455556666", region: "eu-west-1" },
  { ...signed, bucket: "invoices", controls: ["ssl-only", "versioning"] },
  { ...signed, bucket: "invoices", approval: "ssl-only/2026-11-24T10:15:00.000Z/4f0c" },
  { ...signed, undo: "3f0c" },
  { ...signed, waive: "ssl-only", days: 7, bucket: "invoices" },
];

function asked(request: unknown): unknown {
  if (asksToUndo(request)) return parseUndo(request);
  return asksToWaive(request) ? parseWaive(request, defaults) : parseManual(request, defaults);
}

const on = { kind: "bucket", name: "invoices", account: "111122223333", region: "eu-west-1" };
const event = {
  kind: "event",
  eventName: "DeleteBucketPolicy",
  eventId: "e-1",
  eventTime: "2026-11-20T10:15:00Z",
  actor: { arn: "arn:aws:iam::111122223333:user/alice", type: "IAMUser", userAgent: "aws-cli" },
};
const messages = [
  { id: "t-1", ref: on, cause: event, mode: "apply", touches: ["policy"] },
  { id: "t-2", ref: on, cause: { kind: "sweep", sweepId: "s" }, mode: "plan", touches: "all" },
  {
    id: "t-3",
    ref: { ...on, kind: "account" },
    cause: { kind: "manual", requestId: "r", requestedBy: "bob", reason: "audit" },
    mode: "apply",
    touches: "all",
    controls: ["versioning"],
    large: { writes: 30, of: 100 },
  },
  {
    alarm: {
      id: "a-1",
      on: { kind: "region", account: "111122223333", region: "eu-west-1" },
      cause: event,
      service: "sqs",
      means: "repairs stop",
      undo: "create it again",
      byOwnRole: false,
    },
  },
];

const user = { id: "U0ALICE", username: "alice", team_id: "T1" };
const pressed = {
  type: "block_actions",
  user,
  trigger_id: "1.2",
  container: { channel_id: "C1", message_ts: "1.0" },
  actions: [{ value: JSON.stringify({ kind: "repair", on, control: "ssl-only" }) }],
};
const ask = { kind: "waive", on, control: "ssl-only", days: 7 };
const reasoned = {
  type: "view_submission",
  user,
  view: {
    callback_id: "waive",
    private_metadata: JSON.stringify({ ask, at: { channel: "C1", ts: "1.0" } }),
    state: { values: { reason: { text: { value: "a migration" } } } },
  },
};

/** The value of a button is JSON within JSON, and is mangled by itself. */
const pushes = fc.oneof(
  mangled([pressed, reasoned]),
  mangledText([{ kind: "approve", on, control: "ssl-only", approval: "x/y/z" }, ask]).map(
    (value) => ({ ...pressed, actions: [{ value }] }),
  ),
  mangledText([{ ask, at: { channel: "C1", ts: "1.0" } }]).map((private_metadata) => ({
    ...reasoned,
    view: { ...reasoned.view, private_metadata },
  })),
);

const variables = {
  AWS_REGION: "eu-west-1",
  WARDEN_BASELINE: '{"ssl-only":{"mode":"remediate"}}',
  WARDEN_TASK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/tasks.fifo",
  WARDEN_LOOK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/looks",
  WARDEN_LEDGER_TABLE: "bucket-warden-ledger",
  WARDEN_TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:news",
  WARDEN_REGIONS: "eu-west-1,us-east-1",
  WARDEN_MEMBER_ROLE: "bucket-warden-remediation",
  WARDEN_EXTERNAL_ID: "some-id",
  WARDEN_SLACK_USERS: "U0ALICE,W0BOB",
};

const secret = "a signing secret";
const now = 1_763_633_700_000;

/** A right signature only for what was signed: any change of body, time or signature is refused. */
function requireGenuine(parts: { body: string; timestamp: string; signature: string }): void {
  const body = Buffer.from(parts.body);
  const checked = checkSignature({ ...parts, body }, secret, now);
  const right = createHmac("sha256", secret).update(`v0:${parts.timestamp}:${parts.body}`);
  const isRight = parts.signature.toLowerCase() === `v0=${right.digest("hex")}`;
  if (checked.kind === "genuine" && !isRight) throw new Error("a forged request is genuine");
}

const signatures = fc
  .tuple(fc.oneof(fc.string(), hostileText()), fc.boolean(), hostileText(fc.constant("v0=aa")))
  .map(([body, isSigned, odd]) => {
    const timestamp = String(now / 1_000);
    const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    return isSigned
      ? { body: `${body}${odd.slice(0, 1)}`, timestamp, signature: `v0=${digest}` }
      : { body, timestamp: odd, signature: odd };
  });

export const requestDoors = [
  door({ name: "requests by hand", inputs: mangled(requests), enter: asked }),
  door({
    name: "requests for history",
    inputs: mangled([{ bucket: "invoices", account: "111122223333", most: 20 }]),
    enter: parseHistoryRequest,
  }),
  door({ name: "messages of the queue", inputs: mangledText(messages), enter: parseQueued }),
  door({
    name: "pushes in Slack",
    inputs: fc.oneof(
      pushes.map((it) => `payload=${encodeURIComponent(jsonOf(it).toWellFormed())}`),
      mangledText([pressed]),
    ),
    enter: parseInteraction,
  }),
  door({ name: "signatures of Slack", inputs: signatures, enter: requireGenuine }),
  door({
    name: "mail of the topic",
    inputs: mangledText([{ id: "m", at: "t", notices: [], on, cause: event }]),
    enter: (Message) => mailIn({ Sns: { Message, TopicArn: "arn:aws:sns:x" } } as never),
  }),
  door({
    name: "environment variables",
    inputs: mangled([variables]).map((it) => asVariables(it)),
    enter: parseEnvironment,
  }),
  door({
    name: "patterns of own resources",
    inputs: hostileText(fc.constant("bucket-warden*, arn:aws:kms:eu-west-1:111122223333:key/1")),
    enter: (text) => parseOwnResources(text, "--own"),
  }),
];

/** Variables are text, whatever else they are. */
function asVariables(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  const entries = Object.entries(value).map(([name, it]): [string, string] => [
    name,
    typeof it === "string" ? it : jsonOf(it),
  ]);
  return Object.fromEntries(entries);
}
