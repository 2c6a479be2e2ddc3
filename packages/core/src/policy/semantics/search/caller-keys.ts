import type { Truth } from "../../match/truth.ts";
import { contextOf } from "../context.ts";
import type { Caller } from "./callers.ts";
import { type Atom, truthOf } from "./condition.ts";

/** Whether a condition on a key that follows from the caller holds for every caller of this kind. */
export function callerTruth(atom: Atom, caller: Caller): Truth {
  // Stryker disable next-line StringLiteral: these keys say nothing of action and resource
  const request = { principal: caller.example, action: "", resource: "", context: {} };
  const values = contextOf(request).get(atom.key);
  const truth = truthOf(atom, values?.[0]);
  return values === undefined || speaksForAll(atom, caller) ? truth : "unknown";
}

/** Whether the example stands for all callers of its kind in the eyes of this condition. */
function speaksForAll(atom: Atom, caller: Caller): boolean {
  switch (atom.key) {
    case "aws:principaltype":
    case "aws:principalisawsservice":
      return true;
    case "aws:username":
      return atom.operator?.family === "null";
    default:
      return !caller.unnamed || comparesWhole(atom);
  }
}

/** Names that a policy does not mention are all alike, as long as they are compared as a whole. */
function comparesWhole({ operator, written }: Atom): boolean {
  if (operator?.family === "null") return true;
  if (operator?.family !== "string") return false;
  return !operator.name.endsWith("Like") || !written.values.some((value) => /[*?]/.test(value));
}
