import { expect, test } from "vitest";
import {
  deny,
  type Enforce,
  keyId,
  object,
  sse,
} from "../../../../test/controls/kms-statements.ts";
import {
  aliasArn,
  judge,
  keyArn,
  keyOf,
  policyOf,
  repair,
} from "../../../../test/controls/readings.ts";
import { absent } from "../model/reading.ts";
import { type Decision, evaluate, parse } from "../policy/index.ts";
import { kmsEnforcement } from "./kms-enforcement.ts";

type Dsse = "accepted" | "required";

function baselineOf(enforce: Enforce, dsse: Dsse) {
  const encryption = { algorithm: dsse === "required" ? "DSSE" : "SSE-KMS", key: aliasArn };
  return { "kms-enforcement": { enforce, dsse }, "default-encryption": encryption };
}

const enforces = ["header-optional", "header-required", "key-pinned"] as const;
const all = enforces.flatMap((enforce) =>
  (["accepted", "required"] as const).map((dsse) => ({ enforce, dsse })),
);
const bare = { policy: absent, baselineKey: keyOf() };

/** The policy that is written into a bucket without one. */
function writtenUnder(enforce: Enforce, dsse: Dsse): string {
  const situation = { baseline: baselineOf(enforce, dsse), asked: true };
  const { written, later, writtenAgain } = repair(kmsEnforcement, bare, situation);
  expect([later.kind, writtenAgain]).toEqual(["compliant", []]);
  const [step] = written;
  if (step === undefined || !("text" in step.after)) throw new Error("no policy was written");
  return step.after.text;
}

function decide(text: string, context: Readonly<Record<string, readonly string[]>>) {
  const parsed = parse(text);
  if (parsed.kind === "invalid") throw new Error("what was written is no policy");
  const upload = { action: "s3:PutObject", resource: object, context } as const;
  return evaluate(parsed.policy, { principal: { kind: "anonymous" }, ...upload }).kind;
}

const headers = {
  none: {},
  "SSE-S3": { [sse]: ["AES256"] },
  "SSE-KMS": { [sse]: ["aws:kms"], [keyId]: [keyArn] },
  DSSE: { [sse]: ["aws:kms:dsse"], [keyId]: [keyArn] },
} as const;

/** In the order of `headers`; an upload that is not denied needs an Allow elsewhere. */
const expected: Readonly<Record<Enforce, Record<Dsse, readonly Decision["kind"][]>>> = {
  "header-optional": {
    accepted: ["neither", "deny", "neither", "neither"],
    required: ["neither", "deny", "deny", "neither"],
  },
  "header-required": {
    accepted: ["deny", "deny", "neither", "neither"],
    required: ["deny", "deny", "deny", "neither"],
  },
  "key-pinned": {
    accepted: ["neither", "deny", "neither", "neither"],
    required: ["neither", "deny", "deny", "neither"],
  },
};

test.each(all)(
  "$enforce with DSSE $dsse: who sends no header is denied only where a header is required",
  ({ enforce, dsse }) => {
    const text = writtenUnder(enforce, dsse);
    const decisions = Object.values(headers).map((context) => decide(text, context));
    expect(decisions).toEqual(expected[enforce][dsse]);
  },
);

const singleLayer = "name SSE-KMS and not DSSE-KMS";

test.each<{ enforce: Enforce; why: string }>([
  { enforce: "header-optional", why: `clients that ${singleLayer} would be denied` },
  {
    enforce: "header-required",
    why: `clients that rely on the default encryption and send no encryption header, or ${singleLayer} would be denied`,
  },
  {
    enforce: "key-pinned",
    why: `clients that name another key, SSE-S3, or SSE-KMS without a key, or ${singleLayer} would be denied`,
  },
])("DSSE is required under $enforce only when a person asks", ({ enforce, why }) => {
  const situation = { baseline: baselineOf(enforce, "required") };
  expect(judge(kmsEnforcement, bare, situation)).toMatchObject({
    kind: "drift",
    allowance: { mode: "approval", why },
  });
  expect(repair(kmsEnforcement, bare, situation).written).toEqual([]);
});

test("where DSSE is required, a policy that lets SSE-KMS pass is not enough", () => {
  const policy = policyOf(deny({ StringNotLike: { [sse]: "aws:kms*" } }));
  const readings = { policy, baselineKey: keyOf() };
  const judged = (dsse: Dsse) =>
    judge(kmsEnforcement, readings, { baseline: baselineOf("header-required", dsse) });
  expect(judged("accepted").kind).toBe("compliant");
  expect(judged("required")).toMatchObject({
    kind: "drift",
    witness: expect.stringContaining("other than aws:kms:dsse"),
  });
});
