import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate } from "../../packages/core/src/policy/semantics/evaluate.ts";
import type { Request } from "../../packages/core/src/policy/semantics/request.ts";
import { referenceEvaluate } from "../../packages/core/src/policy/spec/reference.ts";
import { parse } from "../../packages/core/src/policy/syntax/parse.ts";
import { type Document, oneCondition, policyDocument, request } from "../arbitraries/policy.ts";

/** WARDEN_CASES=200000 for the long run; a few thousand show most mistakes at once. */
// biome-ignore lint/style/noProcessEnv: a test has no other way to be told how long it may take
const cases = Number(process.env["WARDEN_CASES"] ?? 2000);

interface Mode {
  readonly mode: string;
  readonly arbitrary: fc.Arbitrary<readonly [Document, Request]>;
  readonly answers: readonly string[];
}

const wild = { wild: true };
const everyAnswer = ["allow", "deny", "neither", "undecided"];
const modes: readonly Mode[] = [
  {
    mode: "policies that AWS documents",
    arbitrary: fc.tuple(policyDocument(), request()),
    answers: everyAnswer,
  },
  {
    mode: "policies with everything that AWS leaves open",
    arbitrary: fc.tuple(policyDocument(wild), request()),
    answers: everyAnswer,
  },
  {
    mode: "single conditions, documented or not",
    arbitrary: fc.oneof(oneCondition(), oneCondition(wild)),
    answers: ["deny", "neither", "undecided"],
  },
];

test.each(modes)(
  "evaluate agrees with the reference on $mode",
  ({ arbitrary, answers }) => {
    const seen = new Map<string, number>();
    const numRuns = Math.ceil(cases / modes.length);
    fc.assert(
      fc.property(arbitrary, ([document, one]) => {
        const policy = policyOf(document);
        const { kind, ...rest } = evaluate(policy, one);
        const statement = "statement" in rest ? { statement: rest.statement } : {};
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        expect({ kind, ...statement }).toEqual(referenceEvaluate(policy, one));
      }),
      { numRuns },
    );
    // A generator whose requests never meet its policies would agree with anything.
    expect(answers.filter((kind) => (seen.get(kind) ?? 0) > numRuns / 50)).toEqual(answers);
  },
  60_000 + cases,
);

function policyOf(document: Document) {
  const result = parse(JSON.stringify(document));
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.diagnostics));
  return result.policy;
}
