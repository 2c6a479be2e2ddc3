import { assertNever } from "../../kernel/index.ts";
import type { RequestClass } from "../guarantees/guarantee.ts";
import type { Policy, Statement } from "../syntax/document.ts";
import { evaluate } from "./evaluate.ts";
import type { Principal, Request } from "./request.ts";
import { bucketNamedIn } from "./search/bucket.ts";
import { statementInWords } from "./search/describe.ts";
import { deniesOf, modelOf, prepared } from "./search/model.ts";
import { slipsOf } from "./search/slips.ts";

/** A class of requests that the old policy let pass and the new one denies. */
export interface Impact {
  /** The Deny statement of the new policy that does it. */
  readonly statement: number;
  readonly sentence: string;
  /** For every kind of caller that feels it, a request that is denied from now on. */
  readonly examples: readonly Example[];
}

export interface Example {
  readonly request: Request;
  /** What the old policy said; where it said nothing, another policy may have allowed the request. */
  readonly before: "allowed" | "left to other policies" | "in doubt";
}

const steps = 200_000;

/**
 * What a change of policy newly denies: one entry for each Deny statement that catches a request which
 * the old policy did not deny, whether it allowed it or left it to other policies.
 */
export function impact(before: Policy | undefined, after: Policy): readonly Impact[] {
  // The same words mean something else in the other version, which knows no variables.
  // Stryker disable next-line ConditionalExpression, ArrayDeclaration: only quicker
  const old = before?.version === after.version ? before.statements : [];
  return after.statements
    .filter((statement) => statement.effect === "Deny" && !isIn(statement, old))
    .flatMap((statement) => impactOf(statement, before, after));
}

function impactOf(
  statement: Statement,
  before: Policy | undefined,
  after: Policy,
): readonly Impact[] {
  const within = prepared(statement, after.version);
  const model = modelOf(bucketNamedIn(statement), anything, deniesOf(before), within);
  const examples = new Map<string, Example>();
  // Stryker disable next-line StringLiteral: a text that is no mode
  for (const { request } of slipsOf(model, "sure", { budget: { left: steps }, used: new Set() })) {
    const group = groupOf(request.principal);
    const was = statusIn(before, request);
    // Stryker disable next-line all: the search finds no other requests; its word is not taken for it
    const isNew = was !== "denied" && evaluate(after, request).kind === "deny";
    if (!examples.has(group) && isNew) examples.set(group, { request, before: was });
    // Stryker disable next-line ConditionalExpression: only quicker
    if (examples.size === groups.length) break;
  }
  if (examples.size === 0) return [];
  const who = groups.filter((group) => examples.has(group)).join(", ");
  const sentence = `${statementInWords(statement)} (felt by ${who})`;
  return [{ statement: statement.index, sentence, examples: [...examples.values()] }];
}

const anything: RequestClass = {
  manner: "",
  actions: "every",
  resources: "bucket-and-objects",
  callers: "everyone",
  where: [],
  assuming: [],
};

const groups = ["anonymous callers", "users and roles", "AWS services", "others"] as const;

function groupOf(principal: Principal): (typeof groups)[number] {
  switch (principal.kind) {
    case "anonymous":
      return "anonymous callers";
    case "service":
      return "AWS services";
    case "root":
    case "user":
    case "role-session":
      return "users and roles";
    default:
      return "others";
  }
}

function statusIn(policy: Policy | undefined, request: Request): Example["before"] | "denied" {
  const kind = policy === undefined ? "neither" : evaluate(policy, request).kind;
  switch (kind) {
    case "allow":
      return "allowed";
    // Stryker disable next-line all: the search does not find such a request
    case "deny":
      // Stryker disable next-line StringLiteral: the search does not find such a request
      return "denied";
    case "neither":
      return "left to other policies";
    case "undecided":
      return "in doubt";
    default:
      return assertNever(kind);
  }
}

/** A statement that was there before in the same words cannot deny anything new. */
// Stryker disable all: only quicker, for what was denied before is no impact
function isIn(statement: Statement, old: readonly Statement[]): boolean {
  const content = contentOf(statement);
  return old.some((one) => contentOf(one) === content);
}
// Stryker restore all

function contentOf({ effect, principal, action, resource, conditions }: Statement): string {
  return JSON.stringify([effect, principal, action, resource, conditions]);
}
