import { controls } from "@bucket-warden/core/controls";
import {
  type AccountId,
  type Actor,
  absent,
  type BucketRef,
  type Finding,
  type FindingStates,
  type LedgerEntry,
  type Look,
  type Outcome,
  type Plan,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type Receipt,
  type WriteStep,
} from "@bucket-warden/core/model";
import type { ToldOf } from "@bucket-warden/core/record";
import type { ScanEnd, ScanHead } from "../../packages/cli/src/output/format.ts";

/** A made-up organization: every number below follows from this one, so that it is always the same. */
const seed = 20_261_120;

export const now = Date.parse("2026-11-20T16:00:00.000Z");

const accounts = [
  "111122223333",
  "222233334444",
  "333344445555",
  "444455556666",
  "555566667777",
].map((id) => parseAccountId(id, "test"));
const regions = ["eu-west-1", "eu-central-1", "us-east-1"].map((code) => parseRegion(code, "test"));
const teams = ["billing", "photos", "ml", "web", "archive", "iot", "search", "hr"];
const uses = ["data", "exports", "uploads", "raw", "backups", "assets", "events", "reports"];

export const head: ScanHead = {
  startedAt: "2026-11-20T15:58:12.000Z",
  baseline: "warden.config.yaml",
  accounts,
  regions,
};

export const end: ScanEnd = { endedAt: new Date(now).toISOString(), unlooked: [] };

/** Each account is looked after a little worse than the one before. */
export function looks(buckets: number): readonly Look[] {
  const random = randomFrom(seed);
  return Array.from({ length: buckets }, (_, index) =>
    lookAt(bucketAt(index), index % accounts.length, random),
  );
}

const judged = controls.filter(({ target }) => target === "bucket");

function lookAt(on: BucketRef, carelessness: number, random: () => number): Look {
  const findings = judged.map(({ id }, place) =>
    findingOf(id, random() * (place + 4), carelessness),
  );
  const drifting = findings.filter(({ assessment }) => assessment.kind === "drift");
  const repaired = drifting
    .filter(({ mode }) => mode === "remediate")
    .map(({ control }) => control);
  const plan: Plan = {
    on,
    basedOn: {},
    steps: repaired.length === 0 ? [] : [policyStep(on, repaired)],
    held: drifting
      .filter(({ mode }) => mode !== "remediate")
      .map(({ control, mode }) => ({
        control,
        kind: mode === "approve" ? "approval" : "flagged",
        why: "clients may depend on it",
        next: `warden remediate ${on.name} --control ${control}`,
      })),
  };
  return { on, at: head.startedAt, findings, plan };
}

const modes = ["remediate", "approve", "alert"] as const;

function findingOf(control: string, dice: number, carelessness: number): Finding {
  const mode = modes[control.length % 3] ?? "alert";
  if (dice < 0.16 + carelessness * 0.12) {
    const [summary, witness] = said[control] ?? ["it is not as the baseline asks"];
    const seen = { summary, ...(witness === undefined ? {} : { witness }) };
    const assessment = {
      kind: "drift",
      ...seen,
      allowance: { mode: "automatic" },
      intents: [],
    } as const;
    return { control, mode, assessment };
  }
  if (dice < 0.22 + carelessness * 0.12) return { control, mode, assessment: waived(control) };
  if (dice < 0.25 + carelessness * 0.12) {
    const facets = [
      { facet: "policy", reason: "denied", detail: "AccessDenied: s3:GetBucketPolicy" },
    ] as const;
    return { control, mode, assessment: { kind: "unread", facets } };
  }
  return { control, mode, assessment: { kind: "compliant", evidence: "as the baseline asks" } };
}

function waived(control: string): Finding["assessment"] {
  const [summary] = said[control] ?? ["it is not as the baseline asks"];
  return {
    kind: "waived",
    summary,
    approver: "jane.doe",
    reason: "the old cameras speak plain HTTP until they are replaced",
    ticket: "SEC-318",
    until: "2026-12-24",
    ending: "later",
  };
}

const said: Readonly<Record<string, readonly [string, string?]>> = {
  "ssl-only": [
    "plain HTTP requests are not denied",
    "s3:GetObject on arn:aws:s3:::photos/a by anyone, aws:SecureTransport = false",
  ],
  "kms-enforcement": [
    "uploads without KMS are not denied",
    "s3:PutObject with x-amz-server-side-encryption: AES256",
  ],
  "public-policy": [
    "a statement lets anyone in",
    "s3:GetObject by an anonymous caller from 192.0.2.1",
  ],
  "access-logging": ["server access logging is off"],
  versioning: ["versioning is suspended"],
  "public-access-block": ["BlockPublicPolicy is off"],
  "default-encryption": ["new objects are encrypted with AES256", "AES256 instead of aws:kms"],
  cors: ["a rule lets every origin write", "PUT from https://anywhere.example"],
};

function policyStep(on: BucketRef, controlIds: readonly string[]): WriteStep {
  const statement = {
    Sid: "BucketWardenSslOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${on.name}`, `arn:aws:s3:::${on.name}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return { document: "policy", on, controls: controlIds, before: absent, after: { text } };
}

const people: readonly Actor[] = [
  { arn: "arn:aws:iam::111122223333:role/terraform-ci", type: "AssumedRole", role: "terraform-ci" },
  { arn: "arn:aws:iam::222233334444:user/mallory", type: "IAMUser" },
  { arn: "arn:aws:iam::333344445555:role/DataEngineer", type: "AssumedRole", role: "DataEngineer" },
  {
    arn: "arn:aws:iam::444455556666:role/deploy",
    type: "AssumedRole",
    role: "deploy",
    invokedBy: "cloudformation.amazonaws.com",
  },
  { arn: "arn:aws:iam::555566667777:root", type: "Root" },
];

/** Work of the last hundred days, in no order. */
export function entries(count: number): readonly LedgerEntry[] {
  const random = randomFrom(seed + 1);
  return Array.from({ length: count }, (_, index) => entryOf(index, random));
}

const drifted = [
  "ssl-only",
  "public-access-block",
  "access-logging",
  "kms-enforcement",
  "versioning",
];

function entryOf(index: number, random: () => number): LedgerEntry {
  const on = bucketAt(Math.floor(random() * 400));
  const called = now - Math.floor(random() ** 1.4 * 100 * 86_400_000);
  const seconds = 3 + random() ** 3 * 400;
  const control = drifted[Math.floor(random() * drifted.length)] ?? "ssl-only";
  const step = policyStep(on, [control]);
  const startedAt = new Date(called + seconds * 600).toISOString();
  const endedAt = new Date(called + seconds * 1_000).toISOString();
  const actor = people[Math.floor(random() ** 2 * people.length)] ?? { arn: "?", type: "?" };
  const outcome = outcomeOf(control, random());
  const receipt: Receipt = { kind: "written", step, at: startedAt };
  const id = `e-${index}`;
  const cause = {
    kind: "event",
    eventName: "PutBucketPolicy",
    eventId: `c-${index}`,
    eventTime: new Date(called).toISOString(),
    actor,
  } as const;
  return {
    id,
    task: { id, ref: on, cause, mode: "apply", touches: "all" },
    startedAt,
    endedAt,
    findings: [findingOf(control, 0, 0)],
    plan: { on, basedOn: {}, steps: [step], held: [] },
    receipts: outcome.kind === "fixed" ? [receipt] : [],
    outcome,
    announced: true,
    pending: [],
  };
}

function outcomeOf(control: string, dice: number): Outcome {
  if (dice < 0.82) return { kind: "fixed", controls: [control] };
  return dice < 0.93
    ? { kind: "flagged", controls: [control] }
    : { kind: "awaiting-approval", controls: [control] };
}

/** What people were told last, of the buckets of `looks`. */
export function states(buckets: number): readonly ToldOf[] {
  return looks(buckets).map(({ on, findings }, index) => {
    if (on.kind !== "bucket") throw new Error("only buckets are looked at here");
    const known = findings.map(({ control, assessment }): [string, FindingStates[string]] => [
      control,
      {
        kind: assessment.kind,
        print: "p",
        ...(index % 97 === 5 && control === "ssl-only" ? contested : {}),
      },
    ]);
    return {
      kind: "bucket",
      account: on.account,
      name: on.name,
      states: Object.fromEntries(known),
    };
  });
}

const contested = {
  contest: {
    repairs: [
      "2026-11-18T09:12:00.000Z",
      "2026-11-19T09:12:00.000Z",
      "2026-11-20T09:12:00.000Z",
    ].map((at) => ({
      at,
      print: "p",
      ...(people[0] === undefined ? {} : { by: people[0] }),
    })),
    open: { since: "2026-11-20T09:12:31.000Z", seen: "2026-11-20T15:58:12.000Z" },
  },
};

function bucketAt(index: number): BucketRef {
  const account: AccountId = at(accounts, index);
  const name = `${at(teams, index)}-${at(uses, Math.floor(index / teams.length))}-${1000 + index}`;
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account,
    region: at(regions, index),
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("the list is empty");
  return found;
}

/** Numbers from 0 to 1 that look like chance (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
