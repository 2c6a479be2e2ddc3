import { assertNever } from "../../kernel/index.ts";
import { matchesAction } from "../match/action.ts";
import { matchesResource } from "../match/arn.ts";
import { matchesPrincipal } from "../match/principal.ts";
import { not, some, type Truth } from "../match/truth.ts";
import { globOf } from "../match/wildcard.ts";
import {
  type Comparison,
  globOfOperand,
  holds,
  noneMatches,
  oneMatches,
  operatorOf,
} from "../operators/index.ts";
import type {
  Condition,
  LanguageVersion,
  PatternElement,
  PrincipalElement,
  Statement,
} from "../syntax/document.ts";
import { type Context, contextOf } from "./context.ts";
import type { Request } from "./request.ts";
import { hasVariable, replaceVariables } from "./variables.ts";

/** The part of a statement that decided; `condition` is its place in `Statement.conditions`. */
export type Part =
  | { readonly element: "principal" | "action" | "resource" }
  | { readonly element: "condition"; readonly condition: number };

/** Whether a statement applies to a request and, if not for certain, because of which part. */
export type Match =
  | { readonly kind: "yes" }
  | { readonly kind: "no"; readonly part: Part }
  | { readonly kind: "undecided"; readonly part: Part; readonly why: string };

/** Compares every part of a statement with a request; one part that fails settles it. */
export function matches(statement: Statement, request: Request, version: LanguageVersion): Match {
  return matchesIn(statement, { request, context: contextOf(request), version });
}

/** What a part is compared with. */
export interface Situation {
  readonly request: Request;
  readonly context: Context;
  readonly version: LanguageVersion;
}

/** `matches` for a request whose context was made already. */
export function matchesIn(statement: Statement, situation: Situation): Match {
  let doubt: Match | undefined;
  for (const { part, ask, doubtful } of partsOf(statement, situation)) {
    const truth = ask();
    switch (truth) {
      case "yes":
        continue;
      case "no":
        return { kind: "no", part };
      case "unknown":
        doubt ??= { kind: "undecided", part, why: doubtful() };
        continue;
      default:
        return assertNever(truth);
    }
  }
  return doubt ?? { kind: "yes" };
}

interface Question {
  readonly part: Part;
  readonly ask: () => Truth;
  readonly doubtful: () => string;
}

function partsOf(statement: Statement, situation: Situation): readonly Question[] {
  const { request } = situation;
  return [
    {
      part: { element: "action" },
      ask: () => matchesActionElement(statement.action, request.action),
      doubtful: () => "it names no action at all",
    },
    {
      part: { element: "resource" },
      ask: () => matchesResourceElement(statement.resource, situation),
      doubtful: () => whyResource(statement.resource),
    },
    {
      part: { element: "principal" },
      ask: () => matchesPrincipalElement(statement.principal, request),
      doubtful: () => "a canonical user id does not say which account it stands for",
    },
    ...statement.conditions.map((condition, place) => ({
      part: { element: "condition" as const, condition: place },
      ask: () => holdsCondition(condition, situation),
      doubtful: () => whyCondition(condition, situation),
    })),
  ];
}

function matchesActionElement(element: PatternElement, action: string): Truth {
  if (element.patterns.length === 0) return element.negated ? "unknown" : "no";
  const covered = element.patterns.some((pattern) => matchesAction(pattern, action));
  return covered === element.negated ? "no" : "yes";
}

function matchesResourceElement(element: PatternElement, situation: Situation): Truth {
  if (element.patterns.length === 0) return element.negated ? "unknown" : "no";
  const comparisons = element.patterns.map((pattern) => compareResource(pattern, situation));
  return element.negated ? noneMatches(comparisons) : oneMatches(comparisons);
}

function compareResource(pattern: string, situation: Situation): Comparison {
  const value = replaceVariables(pattern, situation.context, situation.version);
  if (typeof value !== "string" && "unresolved" in value) return value.unresolved;
  const glob = typeof value === "string" ? globOf(value) : globOfOperand(value);
  return matchesResource(glob, situation.request.resource) ? "yes" : "no";
}

function matchesPrincipalElement(element: PrincipalElement, request: Request): Truth {
  if (element.entries.length === 0) return element.negated ? "unknown" : "no";
  const truth = some(element.entries.map((entry) => matchesPrincipal(entry, request.principal)));
  return element.negated ? not(truth) : truth;
}

function holdsCondition(condition: Condition, situation: Situation): Truth {
  const operator = operatorOf(condition.operator);
  if (operator === undefined) return "unknown";
  const wanted = condition.values.map((value) =>
    operator.variables ? replaceVariables(value, situation.context, situation.version) : value,
  );
  return holds(operator, wanted, situation.context.get(condition.key.toLowerCase()));
}

function whyResource(element: PatternElement): string {
  if (element.patterns.length === 0) return "it names no resource at all";
  return "a policy variable in its resource has no certain value in this request";
}

function whyCondition(condition: Condition, situation: Situation): string {
  const { operator, key, values } = condition;
  if (operatorOf(operator) === undefined) return `the operator ${operator} is not known`;
  const place = `${operator} on ${key}`;
  if (values.length === 0) return `${place} has an empty list of values`;
  if (values.some((value) => hasVariable(value, situation.version))) {
    return `a policy variable in ${place} has no certain value in this request`;
  }
  // Stryker disable next-line ArrayDeclaration: without the key only a variable leaves a doubt
  const actual = situation.context.get(key.toLowerCase()) ?? [];
  if (actual.length > 1) return `${place} has no set operator, but the request has several values`;
  return `what ${place} means for these values is not documented`;
}
