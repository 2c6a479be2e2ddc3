import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { Readings } from "../model/facets.ts";
import type { Finding } from "../model/finding.ts";
import type { PlanStep } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import type { Receipt, WrittenReceipt } from "../model/receipt.ts";
import { earlierWork, foundAtFirst } from "./earlier.ts";
import type { BeforeImage, EarlierDeliveries } from "./ledger.ts";

const first = "2026-11-20T10:15:00.000Z";
const second = "2026-11-20T10:15:04.000Z";

const policy: PlanStep = {
  document: "policy",
  on,
  controls: ["ssl-only"],
  before: absent,
  after: { text: "{}" },
};
const encryption: PlanStep = {
  document: "encryption",
  on,
  controls: ["default-encryption"],
  before: absent,
  after: {
    algorithm: "aws:kms",
    keyId: "key",
    bucketKeyEnabled: true,
    blockedEncryptionTypes: ["SSE-C"],
    rule: {},
  },
};
const versioning: PlanStep = {
  document: "versioning",
  on,
  controls: ["versioning"],
  before: present({ status: "suspended", mfaDelete: "disabled" }),
  after: { status: "enabled", mfaDelete: "disabled" },
};
const logging: PlanStep = {
  document: "logging",
  on,
  controls: ["access-logging"],
  before: absent,
  after: { targetBucket: "logs", targetPrefix: "invoices/", enabled: {} },
};

const flags = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
} as const;
const publicAccessBlock: PlanStep = {
  document: "publicAccessBlock",
  on,
  controls: ["public-access-block"],
  before: absent,
  after: { ...flags, configuration: {} },
};

const kept = {
  origins: ["https://app.example"],
  methods: ["PUT"],
  exposedHeaders: [],
  rule: { AllowedOrigins: ["https://app.example"], AllowedMethods: ["PUT"] },
};
const cors: PlanStep = {
  document: "cors",
  on,
  controls: ["cors"],
  before: absent,
  after: { rules: [kept] },
};

/** The bucket holds what every step wanted to write, and more that S3 or others added. */
const done = {
  policy: present(policy.after),
  encryption: present({ ...encryption.after, rule: { FutureMember: 1 } }),
  versioning: present({ status: "enabled", mfaDelete: "enabled" }),
  logging: present({ ...logging.after, enabled: { TargetGrants: [] } }),
  publicAccessBlock: present({ ...flags, configuration: { FutureMember: 1 } }),
  cors: present({ rules: [kept] }),
} as const satisfies Readings;

const nothing = { told: [], untold: [] };

function image(step: PlanStep, at = first): BeforeImage {
  return { taskId: "t-1", step, at };
}

function written(step: PlanStep, at = first): WrittenReceipt {
  return { kind: "written", step, at };
}

function skipped(step: PlanStep, at = first): Receipt {
  return { kind: "skipped", step, at, why: "it changed" };
}

function failed(step: PlanStep, at = first): Receipt {
  return { kind: "failed", step, at, error: "AccessDenied", retry: false };
}

/** Nothing else of an entry is read. */
function entryOf(entry: Pick<LedgerEntry, "receipts" | "announced" | "pending">): LedgerEntry {
  return entry as LedgerEntry;
}

interface Row {
  readonly name: string;
  readonly earlier: EarlierDeliveries;
  readonly readings?: Readings;
  readonly work: ReturnType<typeof earlierWork>;
}

function announced(...receipts: readonly Receipt[]): LedgerEntry {
  return entryOf({ receipts, announced: true, pending: [] });
}

const steps = [policy, encryption, versioning, logging, publicAccessBlock, cors];

test.each(steps)("an interrupted write of the $document is found by its before-image", (step) => {
  expect(earlierWork({ images: [image(step)] }, done, [])).toEqual({
    ...nothing,
    untold: [written(step)],
  });
});

test.each<{ name: string; step: PlanStep; readings: Readings }>([
  {
    name: "the policy of somebody else",
    step: policy,
    readings: { policy: present({ text: "" }) },
  },
  { name: "no policy", step: policy, readings: { policy: absent } },
  { name: "a policy that nobody looked at", step: policy, readings: {} },
  {
    name: "a policy that cannot be read",
    step: policy,
    readings: { policy: { state: "unknown", reason: "denied", detail: "AccessDenied" } },
  },
  {
    name: "another algorithm",
    step: encryption,
    readings: { encryption: present({ ...encryption.after, algorithm: "aws:kms:dsse" }) },
  },
  {
    name: "another key",
    step: encryption,
    readings: { encryption: present({ ...encryption.after, keyId: "theirs" }) },
  },
  {
    name: "no Bucket Key",
    step: encryption,
    readings: { encryption: present({ ...encryption.after, bucketKeyEnabled: false }) },
  },
  {
    name: "nothing blocked",
    step: encryption,
    readings: { encryption: present({ ...encryption.after, blockedEncryptionTypes: ["NONE"] }) },
  },
  { name: "no encryption", step: encryption, readings: { encryption: absent } },
  {
    name: "suspended versioning",
    step: versioning,
    readings: { versioning: present({ status: "suspended", mfaDelete: "disabled" }) },
  },
  {
    name: "another log bucket",
    step: logging,
    readings: { logging: present({ ...logging.after, targetBucket: "theirs" }) },
  },
  {
    name: "another prefix",
    step: logging,
    readings: { logging: present({ ...logging.after, targetPrefix: "" }) },
  },
  ...Object.keys(flags).map((flag) => ({
    name: `no ${flag}`,
    step: publicAccessBlock,
    readings: { publicAccessBlock: present({ ...flags, [flag]: false, configuration: {} }) },
  })),
  { name: "no public access block", step: publicAccessBlock, readings: {} },
  {
    name: "a CORS rule more",
    step: cors,
    readings: { cors: present({ rules: [kept, kept] }) },
  },
  { name: "no CORS rules", step: cors, readings: { cors: absent } },
  {
    name: "names of another format",
    step: logging,
    readings: {
      logging: present({
        ...logging.after,
        enabled: { TargetObjectKeyFormat: { SimplePrefix: {} } },
      }),
    },
  },
  { name: "no logging", step: logging, readings: { logging: absent } },
])("where the bucket holds $name, a before-image proves no write", ({ step, readings }) => {
  expect(earlierWork({ images: [image(step)] }, readings, [])).toEqual(nothing);
});

test.each<Row>([
  { name: "a first delivery has no earlier work", earlier: { images: [] }, work: nothing },
  {
    name: "an announced write is known to people",
    earlier: { entry: announced(written(policy)), images: [image(policy)] },
    work: { told: [written(policy)], untold: [] },
  },
  {
    name: "a write that was recorded, but not announced, has to be told",
    earlier: {
      entry: entryOf({ receipts: [written(policy)], announced: false, pending: [] }),
      images: [image(policy)],
    },
    work: { told: [], untold: [written(policy)] },
  },
  {
    name: "a write with a control that was pending has to be told",
    earlier: {
      entry: entryOf({
        receipts: [written(policy), written(versioning)],
        announced: true,
        pending: ["ssl-only"],
      }),
      images: [image(policy), image(versioning)],
    },
    work: { told: [written(versioning)], untold: [written(policy)] },
  },
  {
    name: "a write for two controls of which one was pending has to be told",
    earlier: {
      entry: entryOf({
        receipts: [written({ ...policy, controls: ["ssl-only", "kms-enforcement"] })],
        announced: true,
        pending: ["kms-enforcement"],
      }),
      images: [],
    },
    work: {
      told: [],
      untold: [written({ ...policy, controls: ["ssl-only", "kms-enforcement"] })],
    },
  },
  {
    name: "what is recorded counts, whatever the bucket holds now",
    earlier: { entry: announced(written(policy)), images: [image(policy)] },
    readings: {},
    work: { told: [written(policy)], untold: [] },
  },
  {
    name: "a recorded write and an interrupted one are both kept",
    earlier: {
      entry: announced(written(policy)),
      images: [image(policy), image(versioning, second)],
    },
    work: { told: [written(policy)], untold: [written(versioning, second)] },
  },
  // Somebody else repaired it meanwhile: the record must not claim their work, nor undo it one day.
  {
    name: "a step that was skipped is not taken for written",
    earlier: { entry: announced(skipped(policy)), images: [image(policy)] },
    work: { told: [skipped(policy)], untold: [] },
  },
  {
    name: "a step that failed is not taken for written, announced or not",
    earlier: {
      entry: entryOf({ receipts: [failed(policy)], announced: false, pending: ["ssl-only"] }),
      images: [image(policy)],
    },
    work: { told: [failed(policy)], untold: [] },
  },
  {
    name: "a receipt of another time does not answer for an image",
    earlier: { entry: announced(skipped(policy)), images: [image(policy), image(policy, second)] },
    work: { told: [skipped(policy)], untold: [written(policy, second)] },
  },
  {
    name: "a receipt of another document does not answer for an image of the same time",
    earlier: { entry: announced(skipped(policy)), images: [image(policy), image(versioning)] },
    work: { told: [skipped(policy)], untold: [written(versioning)] },
  },
  {
    name: "two interrupted deliveries of the same step are one write, the last",
    earlier: { images: [image(policy), image(versioning), image(policy, second)] },
    work: { told: [], untold: [written(versioning), written(policy, second)] },
  },
  {
    name: "of two interrupted steps on one document the one whose text is there counts",
    earlier: {
      images: [image(policy), image({ ...policy, after: { text: '{"Id":"x"}' } }, second)],
    },
    work: { told: [], untold: [written(policy)] },
  },
  {
    name: "an interrupted write before a recorded one of the same document is not told again",
    earlier: { entry: announced(written(policy, second)), images: [image(policy)] },
    work: { told: [written(policy, second)], untold: [] },
  },
])("$name", ({ earlier, readings = done, work }) => {
  expect(earlierWork(earlier, readings, [])).toEqual(work);
});

test.each([
  { name: "white space", wanted: '{ "Id": "x" }', now: '{"Id":"x"}', same: true },
  { name: "a list of one", wanted: '{"Action":["s3:*"]}', now: '{"Action":"s3:*"}', same: true },
  {
    name: "the order of a list",
    wanted: '{"Action":["a","b"]}',
    now: '{"Action":["b","a"]}',
    same: true,
  },
  {
    name: "the order of members",
    wanted: '{"Id":"x","Version":"y"}',
    now: '{"Version":"y","Id":"x"}',
    same: true,
  },
  { name: "a value", wanted: '{"Id":"x"}', now: '{"Id":"z"}', same: false },
  {
    name: "one more member of a list",
    wanted: '{"Action":["a"]}',
    now: '{"Action":["a","b"]}',
    same: false,
  },
  { name: "text that is no JSON", wanted: "{", now: "{}", same: false },
])("S3 gives a policy back that differs in $name: our write, $same", ({ wanted, now, same }) => {
  const step: PlanStep = { ...policy, after: { text: wanted } };
  const readings = { policy: present({ text: now }) };
  const { untold } = earlierWork({ images: [image(step)] }, readings, []);
  expect(untold).toEqual(same ? [written(step)] : []);
});

test("a write whose answer was lost is found, although its receipt says that it failed", () => {
  const lost: Receipt = { kind: "failed", step: policy, at: first, error: "reset", retry: true };
  const refused: Receipt = { ...lost, error: "AccessDenied", retry: false };
  const earlier = (receipt: Receipt) => ({ entry: announced(receipt), images: [image(policy)] });
  expect(earlierWork(earlier(lost), done, []).untold).toEqual([written(policy)]);
  expect(earlierWork(earlier(refused), done, []).untold).toEqual([]);
});

test("what an earlier delivery only prepared is not counted beside this delivery's write", () => {
  const work = earlierWork({ images: [image(policy)] }, done, [written(policy, second)]);
  expect(work.untold).toEqual([]);
});

const drifted = (control: string): Finding => ({
  control,
  mode: "remediate",
  assessment: { kind: "drift", summary: "x", allowance: { mode: "automatic" }, intents: [] },
});
const right = (control: string): Finding => ({
  control,
  mode: "remediate",
  assessment: { kind: "compliant", evidence: "x" },
});

test("what an earlier delivery repaired is remembered as the drift that it was", () => {
  const found = [drifted("ssl-only"), drifted("versioning"), right("cors")];
  const written = { kind: "written", step: policy, at: first } as const;
  const failed = { kind: "failed", step: versioning, at: first, error: "x", retry: true } as const;
  // Nothing else of an entry counts.
  const entry = { findings: found, receipts: [written, failed] } as unknown as LedgerEntry;
  const now = [right("ssl-only"), right("versioning"), drifted("cors")];
  expect(foundAtFirst(now, { entry, images: [] })).toEqual([
    drifted("ssl-only"),
    right("versioning"),
    drifted("cors"),
  ]);
  expect(foundAtFirst(now, { images: [] })).toEqual(now);
});
