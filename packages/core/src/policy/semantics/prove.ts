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
    if (proof.kind === "refuted") return proof;
    if (proof.kind === "undecided") doubt ??= proof;
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

function proveClass(task: Task): Proof {
  const suspect = findSlip(task, "possible");
  if (task.budget.left < 0) return outOfBudget;
  if (suspect === undefined) return { kind: "proven", by: [] };
  const witness = findSlip(task, "sure");
  if (task.budget.left < 0) return outOfBudget;
  if (witness === undefined) return undecided(task, suspect);
  const decision = decide(task.policy, witness);
  if (decision === "slips") {
    return { kind: "refuted", witness, sentence: sentenceFor(witness, task.requests) };
  }
  return undecided(task, witness);
}

const outOfBudget: Proof = {
  kind: "undecided",
  why: "the policy is so intricate that the search for a request that slips through was given up",
};

function findSlip({ model, budget, used }: Task, mode: Mode): Request | undefined {
  for (const { request } of slipsOf(model, mode, { budget, used })) return request;
  return undefined;
}

/** Every witness is put before the plain evaluator, which knows nothing of the search. */
function decide(policy: Policy | undefined, request: Request): "slips" | "doubtful" {
  if (policy === undefined) return "slips";
  const { kind } = evaluate(policy, request);
  return kind === "allow" || kind === "neither" ? "slips" : "doubtful";
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
