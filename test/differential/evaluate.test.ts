import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../packages/core/src/policy/semantics/evaluate.ts";
import { referenceEvaluate } from "../../packages/core/src/policy/spec/reference.ts";
import { parse } from "../../packages/core/src/policy/syntax/parse.ts";
import { type Document, policyDocument, request } from "../arbitraries/policy.ts";

/** WARDEN_CASES=200000 for the long run; a few thousand show most mistakes at once. */
// biome-ignore lint/style/noProcessEnv: a test has no other way to be told how long it may take
const cases = Number(process.env["WARDEN_CASES"] ?? 4000);

test.each([
  { mode: "policies that AWS documents", wild: false },
  { mode: "policies with everything that AWS leaves open", wild: true },
])(
  "evaluate agrees with the reference on $mode",
  ({ wild }) => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(policyDocument({ wild }), request(), (document, one) => {
        const policy = policyOf(document);
        const { kind, ...rest } = evaluate(policy, one);
        const statement = "statement" in rest ? { statement: rest.statement } : {};
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        expect({ kind, ...statement }).toEqual(referenceEvaluate(policy, one));
      }),
      { numRuns: cases / 2 },
    );
    // A generator whose requests never meet its policies would agree with anything.
    const expected = ["allow", "deny", "neither", "undecided"];
    const enough = expected.filter((kind) => (seen.get(kind) ?? 0) > cases / 100);
    expect(enough).toEqual(expected);
  },
  60_000 + cases,
);

function policyOf(document: Document) {
  const result = parse(JSON.stringify(document));
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.diagnostics));
  return result.policy;
}
