/** How many steps a search may still take. Counted, not timed, so that the same input ends the same. */
export interface Budget {
  left: number;
}

/** Takes steps off the budget; false when it is used up. */
export function spend(budget: Budget, steps: number): boolean {
  budget.left -= steps;
  return budget.left >= 0;
}
