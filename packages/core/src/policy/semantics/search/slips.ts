import type { Budget } from "../../match/budget.ts";
import type { Request } from "../request.ts";
import { targetOf } from "./actions.ts";
import { type Cell, clausesOf, statesOf } from "./cell.ts";
import { cellsOf } from "./cells.ts";
import type { Mode } from "./condition.ts";
import type { Model } from "./model.ts";
import { solve, type Work } from "./solve.ts";
import { requestOf } from "./witness.ts";

/** A request that no Deny statement catches, with the cell that it was found in. */
export interface Slip {
  readonly request: Request;
  readonly cell: Cell;
}

/**
 * For each cell at most one request that slips through. That there is none is certain only while the
 * budget lasts, which the owner of the budget has to check.
 */
export function* slipsOf(
  model: Model,
  mode: Mode,
  work: { readonly budget: Budget; readonly used: Set<number> },
): Generator<Slip> {
  const memo: Work["memo"] = new Map();
  for (const cell of cellsOf(model, mode, work)) {
    const states = statesOf(cell);
    const found = states && solve(states, clausesOf(cell), { ...work, memo });
    const request = found && requestOf(cell, found);
    if (request !== undefined && (mode === "possible" || isReal(request, cell))) {
      yield { request, cell };
    }
    // Stryker disable next-line ConditionalExpression, EqualityOperator: only quicker
    if (work.budget.left < 0) return;
  }
}

/** The search may make up the name of an action that exists, and put it on the wrong resource. */
function isReal({ action }: Request, { target }: Cell): boolean {
  return (targetOf(action) ?? target) === target;
}
