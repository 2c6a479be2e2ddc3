import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate, matches } from "../../packages/core/src/policy/semantics/evaluate.ts";
import { parse } from "../../packages/core/src/policy/syntax/parse.ts";
import { print } from "../../packages/core/src/policy/syntax/print.ts";
import { type Document, policyDocument, request } from "../arbitraries/policy.ts";

const numRuns = 1000;
const wild = { wild: true };

test("parse, then print: nothing has changed", () => {
  const spacing = fc.constantFrom(undefined, 1, "\t");
  fc.assert(
    fc.property(policyDocument(wild), spacing, (document, space) => {
      const text = JSON.stringify(document, undefined, space);
      expect(print(policyOf(text))).toBe(text);
    }),
    { numRuns },
  );
});

test("each statement's span is the statement", () => {
  fc.assert(
    fc.property(policyDocument(wild), (document) => {
      const policy = policyOf(JSON.stringify(document, undefined, 1));
      const texts = policy.statements.map(({ span }) => policy.text.slice(span.start, span.end));
      expect(texts.map((text) => JSON.parse(text))).toEqual(statementsOf(document));
    }),
    { numRuns },
  );
});

test("an explicit Deny wins, and without a match the policy says nothing", () => {
  fc.assert(
    fc.property(policyDocument(wild), request(), (document, one) => {
      const policy = policyOf(JSON.stringify(document));
      const matched = (effect: string, kind: string) =>
        policy.statements.some(
          (statement) =>
            statement.effect === effect && matches(statement, one, policy.version).kind === kind,
        );
      const answers: readonly [boolean, string][] = [
        [matched("Deny", "yes"), "deny"],
        [matched("Deny", "undecided"), "undecided"],
        [matched("Allow", "yes"), "allow"],
        [matched("Allow", "undecided"), "undecided"],
        [true, "neither"],
      ];
      expect(evaluate(policy, one).kind).toBe(answers.find(([found]) => found)?.[1]);
    }),
    { numRuns },
  );
});

test("neither the order of statements nor a repeated one matters", () => {
  fc.assert(
    fc.property(policyDocument(wild), request(), fc.nat(), (document, one, seed) => {
      const statements = statementsOf(document);
      const turned = [...statements.slice(seed % statements.length), ...statements].toReversed();
      const changed = { ...document, Statement: turned };
      expect(kindOf(changed, one)).toBe(kindOf(document, one));
    }),
    { numRuns },
  );
});

test("one more Deny never allows more", () => {
  fc.assert(
    fc.property(policyDocument(), policyDocument(), request(), (document, other, one) => {
      const denies = statementsOf(other).map((statement) => ({ ...statement, Effect: "Deny" }));
      const more = { ...document, Statement: [...statementsOf(document), ...denies] };
      const before = kindOf(document, one);
      expect(["deny", "undecided", before]).toContain(kindOf(more, one));
    }),
    { numRuns },
  );
});

test("an unknown operator never makes a statement match, and never alone keeps it from matching", () => {
  fc.assert(
    fc.property(policyDocument({ statements: 1 }), request(), (document, one) => {
      const [statement = {}] = statementsOf(document);
      const kind = (extra: object) => {
        const changed = { ...statement, Condition: { ...conditionOf(statement), ...extra } };
        const policy = policyOf(JSON.stringify({ ...document, Statement: changed }));
        return policy.statements.map((parsed) => matches(parsed, one, policy.version).kind)[0];
      };
      const unknown = { Bogus: { "aws:SecureTransport": "false" } };
      expect(kind(unknown)).toBe(kind({}) === "no" ? "no" : "undecided");
    }),
    { numRuns },
  );
});

function policyOf(text: string) {
  const result = parse(text);
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.diagnostics));
  return result.policy;
}

function kindOf(document: object, one: Parameters<typeof evaluate>[1]): string {
  return evaluate(policyOf(JSON.stringify(document)), one).kind;
}

function statementsOf({ Statement }: Document): readonly object[] {
  return Array.isArray(Statement) ? Statement : [Statement];
}

function conditionOf(statement: object): object {
  return "Condition" in statement && typeof statement.Condition === "object"
    ? (statement.Condition ?? {})
    : {};
}
