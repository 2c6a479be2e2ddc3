import fc from "fast-check";
import { expect, test } from "vitest";
import { guarantee } from "../../packages/core/src/policy/guarantees/catalogue.ts";
import type { Guarantee } from "../../packages/core/src/policy/guarantees/guarantee.ts";
import { ensure } from "../../packages/core/src/policy/merge/ensure.ts";
import { evaluate } from "../../packages/core/src/policy/semantics/evaluate.ts";
import { prove } from "../../packages/core/src/policy/semantics/prove.ts";
import type { Request } from "../../packages/core/src/policy/semantics/request.ts";
import type { Policy } from "../../packages/core/src/policy/syntax/document.ts";
import { parse } from "../../packages/core/src/policy/syntax/parse.ts";
import {
  type Blueprint,
  classCondition,
  coverings,
  maySlip,
  slips,
  worldOf,
} from "../arbitraries/coverings.ts";
import { policyDocument } from "../arbitraries/policy.ts";

// biome-ignore lint/style/noProcessEnv: a test has no other way to be told how long it may take
const cases = Number(process.env["WARDEN_CASES"] ?? 100);
const timeout = 60_000 + 100 * cases;
const where = { bucket: "b", partition: "aws" };
const sslOnly = guarantee("ssl-only", {}, where);
const promises = [
  sslOnly,
  guarantee("kms-enforcement", {}, where),
  guarantee("kms-enforcement", { mode: "header-required" }, where),
  guarantee("org-only", { orgId: "o-exampleorg1" }, where),
  guarantee("presigned-max-age", { seconds: 90 }, where),
  guarantee("tls-minimum", { minimum: "1.2" }, where),
];

/** What a small world says about the proof of a policy; "agrees" is the only good answer. */
function compare(policy: Policy, promise: Guarantee, world: readonly Request[]): string {
  const proof = prove(policy, promise);
  if (proof.kind === "undecided") return `undecided: ${proof.why}`;
  if (proof.kind === "proven") {
    const slip = world.find((request) => maySlip(policy, promise, request));
    return slip === undefined ? "agrees" : `proven, yet this slips: ${JSON.stringify(slip)}`;
  }
  return slips(policy, promise, proof.witness)
    ? "agrees"
    : `a wrong witness: ${JSON.stringify(proof.witness)}`;
}

function policyOf(document: object): Policy {
  const parsed = parse(JSON.stringify(document));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

test.each(promises)(
  "where a policy leaves no doubt, the proof of $name agrees with search over a small world",
  (promise) => {
    fc.assert(
      fc.property(coverings(promise), fc.integer(), ({ statements }: Blueprint, seed) => {
        const policy = policyOf({ Version: "2012-10-17", Statement: statements });
        expect(compare(policy, promise, worldOf(policy, promise, seed))).toBe("agrees");
      }),
      { numRuns: cases },
    );
  },
  timeout,
);

test.each(promises)(
  "a covering of $name without a mistake in it is proven",
  (promise) => {
    fc.assert(
      fc.property(coverings(promise, { mistakes: false }), ({ statements }: Blueprint) => {
        const policy = policyOf({ Version: "2012-10-17", Statement: statements });
        expect(prove(policy, promise)).toMatchObject({ kind: "proven" });
      }),
      { numRuns: cases },
    );
  },
  timeout,
);

test(
  "the order of statements and their repetition do not matter",
  () => {
    fc.assert(
      fc.property(coverings(sslOnly), fc.nat(), ({ statements }: Blueprint, place) => {
        const verdict = (Statement: readonly object[]) =>
          prove(policyOf({ Version: "2012-10-17", Statement }), sslOnly).kind;
        const at = place % statements.length;
        const turned = [...statements.slice(at), ...statements.slice(0, at + 1)].reverse();
        expect(verdict(turned)).toBe(verdict(statements));
      }),
      { numRuns: Math.ceil(cases / 2) },
    );
  },
  timeout,
);

test(
  "whatever a policy says, a proof is never contradicted and a witness never denied",
  () => {
    fc.assert(
      fc.property(policyDocument({ wild: true }), fc.integer(), (document, seed) => {
        const parsed = parse(JSON.stringify(document));
        if (parsed.kind === "invalid") return;
        const answer = compare(parsed.policy, sslOnly, worldOf(parsed.policy, sslOnly, seed));
        expect(answer).toMatch(/^(?:agrees|undecided)/);
      }),
      { numRuns: cases },
    );
  },
  timeout,
);

test(
  "a class of one's own is never proven against a request of it, nor refuted by another",
  () => {
    const narrower = fc.array(classCondition(), { minLength: 1, maxLength: 2 }).map((more) => ({
      ...sslOnly,
      mustDeny: sslOnly.mustDeny.map((one) => ({ ...one, where: [...one.where, ...more] })),
    }));
    fc.assert(
      fc.property(narrower, coverings(sslOnly), fc.integer(), (promise, { statements }, seed) => {
        const policy = policyOf({ Version: "2012-10-17", Statement: statements });
        const answer = compare(policy, promise, worldOf(policy, promise, seed));
        expect(answer).toMatch(/^(?:agrees|undecided)/);
      }),
      { numRuns: cases },
    );
  },
  timeout,
);

test(
  "ensure gives the guarantee, twice is once, and nothing becomes allowed",
  () => {
    fc.assert(
      fc.property(policyDocument(), fc.integer(), (document, seed) => {
        const text = JSON.stringify(document);
        const parsed = parse(text);
        if (parsed.kind === "invalid") return;
        const result = ensure(text, sslOnly);
        if (result.kind !== "changed") return;
        const after = policyOf(JSON.parse(result.text) as object);
        expect(prove(after, sslOnly).kind).toBe("proven");
        expect(ensure(result.text, sslOnly)).toEqual({ kind: "unchanged", why: "proven" });
        for (const request of worldOf(parsed.policy, sslOnly, seed).slice(0, 50)) {
          if (evaluate(after, request).kind !== "allow") continue;
          expect(evaluate(parsed.policy, request).kind).toBe("allow");
        }
      }),
      { numRuns: Math.ceil(cases / 3) },
    );
  },
  timeout,
);
