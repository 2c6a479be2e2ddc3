import { type Budget, spend } from "../../match/budget.ts";
import { passes, restrict, type State, type Test } from "./state.ts";

/** One way for a statement not to match: a choice that passes a test. */
export interface Escape {
  readonly choice: string;
  readonly test: Test;
}

/** A Deny statement that could match; the request slips through if it takes one of the escapes. */
export interface Clause {
  readonly statement: number;
  readonly escapes: readonly Escape[];
}

export type States = ReadonlyMap<string, State>;

export interface Work {
  readonly budget: Budget;
  readonly used: Set<number>;
  /** Restrictions that were made before: cells have many states and tests in common. */
  readonly memo: Map<State, Map<Test, State | undefined>>;
}

/**
 * Finds choices with which every clause is escaped, or `undefined` if there are none or the budget ran
 * out. A clause that the present example escapes anyway costs nothing; only the others branch.
 * `used` collects the statements without which the search might have succeeded.
 */
export function solve(states: States, clauses: readonly Clause[], work: Work): States | undefined {
  if (!spend(work.budget, clauses.length + 1)) return undefined;
  const caught = clauses.find((clause) => !isEscaped(states, clause));
  if (caught === undefined) return states;
  for (const { choice, test } of caught.escapes) {
    const state = states.get(choice);
    const left = state && restrictOnce(state, test, work);
    if (left === undefined) continue;
    const found = solve(new Map(states).set(choice, left), clauses, work);
    if (found !== undefined) return found;
  }
  work.used.add(caught.statement);
  return undefined;
}

function restrictOnce(state: State, test: Test, { budget, memo }: Work): State | undefined {
  const known = memo.get(state) ?? new Map<Test, State | undefined>();
  memo.set(state, known);
  if (!known.has(test)) known.set(test, restrict(state, test, budget));
  return known.get(test);
}

function isEscaped(states: States, { escapes }: Clause): boolean {
  return escapes.some(({ choice, test }) => {
    const state = states.get(choice);
    return state !== undefined && passes(state, test);
  });
}
