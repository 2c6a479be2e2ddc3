import type { Guarantee, RequestClass } from "../guarantees/guarantee.ts";
import type { Budget } from "../match/budget.ts";
import type { Policy } from "../syntax/document.ts";
import { evaluate } from "./evaluate.ts";
import type { Request } from "./request.ts";
import type { Mode } from "./search/condition.ts";
import { doubtIn } from "./search/doubts.ts";
import { deniesOf, type Model, modelOf } from "./search/model.ts";
import { slipsOf } from "./search/slips.ts";
import { sentenceFor } from "./search/words.ts";

/** Whether a policy gives a guarantee, with the evidence. `by` names the statements that the proof needs. */
export type Proof =
  | { readonly kind: "proven"; readonly by: readonly number[] }
  | { readonly kind: "refuted"; readonly witness: Request; readonly sentence: string }
  | { readonly kind: "undecided"; readonly why: string; readonly statement?: number };

const stepsPerGuarantee = 500_000;

/**
 * Decides by search whether some request of the guarantee slips past every Deny statement. `proven` and
 * `refuted` are certain; what is not modelled exactly, or takes too much work, is `undecided`.
 */
export function prove(policy: Policy | undefined, guarantee: Guarantee): Proof {
  const denies = deniesOf(policy);
  const budget = { left: stepsPerGuarantee };
  const used = new Set<number>();
  let doubt: Proof | undefined;
  for (const requests of guarantee.mustDeny) {
    const model = modelOf(guarantee, requests, denies);
    const proof = proveClass({ model, requests, policy, budget, used });
    if (proof?.kind === "refuted") return proof;
    doubt ??= proof;
  }
  return doubt ?? { kind: "proven", by: [...used].sort((a, b) => a - b) };
}

interface Task {
  readonly model: Model;
  readonly requests: RequestClass;
  readonly policy: Policy | undefined;
  readonly budget: Budget;
  readonly used: Set<number>;
}

/** What keeps a class of requests from being proven; `undefined` when nothing does. */
function proveClass(task: Task): Proof | undefined {
  const suspect = findSlip(task, "possible");
  // Stryker disable next-line all: with no budget left, the second search would be given up as well
  if (suspect === "given up") return outOfBudget;
  if (suspect === undefined) return undefined;
  const witness = findSlip(task, "sure");
  if (witness === "given up") return outOfBudget;
  if (witness === undefined) return undecided(task, suspect);
  if (!slipsThrough(task.policy, witness)) return undecided(task, witness);
  return { kind: "refuted", witness, sentence: sentenceFor(witness, task.requests) };
}

const outOfBudget: Proof = {
  kind: "undecided",
  why: "the policy is so intricate that the search for a request that slips through was given up",
};

function findSlip({ model, budget, used }: Task, mode: Mode): Request | "given up" | undefined {
  for (const { request } of slipsOf(model, mode, { budget, used })) return request;
  // Stryker disable next-line EqualityOperator: a search may end with its last step
  return budget.left < 0 ? "given up" : undefined;
}

/** Every witness is put before the plain evaluator, which knows nothing of the search. */
function slipsThrough(policy: Policy | undefined, request: Request): boolean {
  if (policy === undefined) return true;
  const { kind } = evaluate(policy, request);
  return kind === "allow" || kind === "neither";
}

function undecided({ policy, requests, model }: Task, suspect: Request): Proof {
  const decision = policy && evaluate(policy, suspect);
  const doubt = decision?.kind === "undecided" ? decision : doubtIn(model);
  if (doubt !== undefined) {
    const { statement, why } = doubt;
    return { kind: "undecided", statement, why: `statement ${statement + 1} is in doubt: ${why}` };
  }
  return {
    kind: "undecided",
    why: `only a request slips through that is unlikely to exist: ${sentenceFor(suspect, requests)}`,
  };
}
