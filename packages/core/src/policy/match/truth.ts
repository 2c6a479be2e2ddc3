/** `unknown` where AWS's documentation does not settle the answer: never folded into yes or no. */
export type Truth = "yes" | "no" | "unknown";

/** True for all: one `no` settles it, otherwise one `unknown` leaves it open. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes("no")) return "no";
  return truths.includes("unknown") ? "unknown" : "yes";
}

/** True for at least one: one `yes` settles it, otherwise one `unknown` leaves it open. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes("yes")) return "yes";
  return truths.includes("unknown") ? "unknown" : "no";
}

/** The complement, for `NotAction`, `NotResource` and `NotPrincipal`. */
export function not(truth: Truth): Truth {
  if (truth === "unknown") return "unknown";
  return truth === "yes" ? "no" : "yes";
}
