import { expect, test } from "vitest";
import { call, type Different, policyParameters } from "../../../test/replay/records.ts";
import { type BaselineInput, isLogTarget, parseBaseline, settingsFor } from "./baseline/index.ts";
import { controls, targetsOf } from "./controls/index.ts";
import { type Hear, type RehearsalTerms, rehearse } from "./rehearsal.ts";
import type { Recorded } from "./rehearse/index.ts";

const key = "arn:aws:kms:eu-west-1:111122223333:key/1";
const quiet = Object.fromEntries(controls.map(({ id }) => [id, { mode: "off" }]));

/** What comes of these calls under a baseline in which every control that is not named is off. */
async function rehearsed(
  calls: readonly Recorded[],
  input: BaselineInput,
  more: Partial<RehearsalTerms> = {},
) {
  const baseline = parseBaseline({ ...quiet, ...input }, "test");
  const rehearsal = rehearse({
    baseline,
    delaySeconds: 60,
    fieldOf: (directory) => ({
      directory,
      kinds: targetsOf(controls),
      largeSweep: baseline.limits.largeSweep,
      isLogTarget: (ref) => isLogTarget(ref, settingsFor(baseline, ref)),
    }),
    ...more,
  });
  for (const it of calls) await rehearsal.take(it);
  return rehearsal.end();
}

const none = {
  changed: 0,
  flagged: 0,
  approval: 0,
  blocked: 0,
  contested: 0,
  held: 0,
  waived: 0,
  undecided: 0,
  unknown: 0,
};
const repair: BaselineInput = { "kms-enforcement": { mode: "remediate" } };
const unsafe = (at: number, more: Different = {}) =>
  call("PutBucketPolicy", policyParameters(), { at, ...more });

test("drift that comes is repaired, counted by everything, and told once", async () => {
  const result = await rehearsed([unsafe(0, { by: "deploy" })], repair);
  const changed = { ...none, changed: 1 };
  expect(result).toMatchObject({
    reconciles: 1,
    counts: changed,
    byControl: { "kms-enforcement": changed },
    byResource: { photos: changed },
    byActor: { "arn:aws:iam::111122223333:role/deploy": changed },
    byDay: { "2026-11-20": changed },
    writes: { policy: 1 },
    mail: { messages: 1, byNotice: { fixed: 1 }, byDestination: { "the usual topic": 1 } },
    digests: 1,
    open: [],
    found: [{ control: "kms-enforcement" }],
  });
});

test("what was written stays, so that another call on something else finds nothing", async () => {
  const tags = { Tagging: { TagSet: { Tag: { Key: "a", Value: "b" } } } };
  const calls = [unsafe(0), call("PutBucketTagging", tags, { at: 300 })];
  const { reconciles, counts } = await rehearsed(calls, repair);
  expect({ reconciles, counts }).toEqual({ reconciles: 2, counts: { ...none, changed: 1 } });
});

test("the Warden looks a while after the call, at what is there by then", async () => {
  const calls = [unsafe(0), call("DeleteBucket", {}, { at: 30 })];
  expect((await rehearsed(calls, repair)).counts).toEqual(none);
  expect((await rehearsed(calls, repair, { delaySeconds: 0 })).counts.changed).toBe(1);
});

test("the same drift that keeps coming back is contested, and not fought over for ever", async () => {
  const calls = Array.from({ length: 8 }, (_, turn) => unsafe(turn * 600));
  const { counts, mail } = await rehearsed(calls, repair);
  expect(counts).toEqual({ ...none, changed: 3, contested: 1 });
  expect(mail.byNotice).toEqual({ fixed: 3, contested: 1 });
});

test("beyond the budget of a day nothing is written until the next", async () => {
  const names = ["one", "two", "three"];
  const calls = names.map((bucket, at) =>
    call("PutBucketPolicy", policyParameters(bucket), { bucket, at }),
  );
  const day = 86_400;
  const tomorrow = call("PutBucketPolicy", policyParameters("three"), { bucket: "three", at: day });
  const limited = { ...repair, limits: { writesPerDay: 2 } };
  const { counts, byDay } = await rehearsed([...calls, tomorrow], limited);
  expect(counts).toEqual({ ...none, changed: 3, held: 1 });
  expect(byDay).toMatchObject({
    "2026-11-20": { changed: 2, held: 1 },
    "2026-11-21": { changed: 1 },
  });
});

test("what is flagged is told once, also when it is looked at again", async () => {
  const calls = [unsafe(0), unsafe(600), unsafe(1_200)];
  const { counts, mail, open } = await rehearsed(calls, { "kms-enforcement": { mode: "alert" } });
  expect({ counts, messages: mail.messages }).toEqual({
    counts: { ...none, flagged: 1 },
    messages: 1,
  });
  expect(open).toMatchObject([{ resource: "photos", control: "kms-enforcement", kind: "flagged" }]);
});

test("what waits for approval is neither written nor counted as if it were", async () => {
  const { counts, writes } = await rehearsed([unsafe(0)], {
    "kms-enforcement": { mode: "approve" },
  });
  expect({ counts, writes }).toEqual({ counts: { ...none, approval: 1 }, writes: {} });
});

test("a waiver holds on the days on which it held", async () => {
  const waiver = {
    buckets: ["photos"],
    controls: ["kms-enforcement" as const],
    reason: "a test",
    approver: "eve",
    approved: "2026-11-01",
    expires: "2026-11-20",
  };
  const calls = [unsafe(0), unsafe(86_400)];
  const { byDay } = await rehearsed(calls, { ...repair, waivers: [waiver] });
  expect(byDay).toEqual({
    "2026-11-20": { ...none, waived: 1 },
    "2026-11-21": { ...none, changed: 1 },
  });
});

test("what the log does not tell is unknown, once, and nobody is told of it", async () => {
  const calls = [
    call("PutBucketPolicy", null, { at: 0 }),
    call("PutBucketPolicy", {}, { at: 600 }),
    unsafe(1_200),
  ];
  const { counts, mail, open } = await rehearsed(calls.slice(0, 2), repair);
  expect({ counts, messages: mail.messages }).toEqual({
    counts: { ...none, unknown: 1 },
    messages: 0,
  });
  expect(open).toMatchObject([
    { kind: "unknown", summary: "policy: the record does not show what was set" },
  ]);
  expect((await rehearsed(calls, repair)).counts).toEqual({ ...none, unknown: 1, changed: 1 });
});

test("calls of the Warden itself are followed, and not answered", async () => {
  const calls = [unsafe(0, { by: "warden" })];
  const { own, reconciles } = await rehearsed(calls, repair);
  expect({ own, reconciles }).toEqual({ own: 1, reconciles: 0 });
});

test("what is in the way comes first, and then the bucket that waits for it", async () => {
  const target = "logs-111122223333-eu-west-1";
  const logs = { bucket: target };
  const calls = [call("CreateBucket", {}, { ...logs, at: 0 }), call("CreateBucket", {}, { at: 1 })];
  const { counts, byResource, writes } = await rehearsed(calls, {
    "access-logging": { mode: "remediate", target: "logs-{account}-{region}" },
  });
  expect({ counts, writes }).toEqual({
    counts: { ...none, changed: 2 },
    writes: { policy: 1, logging: 1 },
  });
  expect(Object.keys(byResource).sort()).toEqual([target, "photos"]);
});

test("what is taken as given is named", async () => {
  const { given } = await rehearsed(
    [call("CreateBucket")],
    {
      "default-encryption": { mode: "remediate", key },
      "access-logging": { mode: "remediate", target: "logs-{account}-{region}" },
      "public-access-block": { mode: "remediate" },
    },
    { supposed: { accountBlock: "off" } },
  );
  expect(given).toEqual([
    `the key ${key} is there and can be used`,
    "the log bucket logs-111122223333-eu-west-1 is as log delivery needs it, where no record tells otherwise",
    "the public access block of accounts is off where no record tells otherwise",
  ]);
});

test("a change of an account's block reaches every bucket that the log tells of", async () => {
  const off = { PublicAccessBlockConfiguration: { BlockPublicAcls: true } };
  const calls = [
    call("CreateBucket"),
    call("CreateBucket", {}, { bucket: "ant" }),
    call("PutBucketPublicAccessBlock", off, { at: 5 }),
    call("DeleteAccountPublicAccessBlock", null, { at: 600 }),
  ];
  const { byResource } = await rehearsed(calls, { "public-access-block": { mode: "remediate" } });
  expect(byResource).toEqual({
    photos: { ...none, unknown: 1, changed: 1 },
    ant: { ...none, unknown: 1 },
  });
});

test("whoever listens hears each call and each verdict in their order", async () => {
  const heard: string[] = [];
  const hear: Hear = {
    call: ({ change }) => heard.push(change?.eventName ?? ""),
    entry: (_, verdicts) => heard.push(...verdicts.map(({ kind, at }) => `${kind} ${at}`)),
  };
  await rehearsed([unsafe(0), unsafe(300)], repair, { hear });
  expect(heard).toEqual([
    "PutBucketPolicy",
    "changed 2026-11-20T10:01:00.000Z",
    "PutBucketPolicy",
    "changed 2026-11-20T10:06:00.000Z",
  ]);
});
