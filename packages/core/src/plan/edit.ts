import { type RevertResult, revert } from "../policy/index.ts";

/** A policy, and what somebody made of it; undefined where there was none. */
export interface Edit {
  readonly base: string | undefined;
  readonly edited: string | undefined;
}

/**
 * Does to the policy of now what somebody did to `base`: statements that they added come, those that
 * they took out go, and all others keep their bytes. Refuses where both changed the same statement.
 */
export function withEdit(
  now: string | undefined,
  { base, edited }: Edit,
): Exclude<RevertResult, { readonly kind: "conflict" }> {
  // Taking back the step from `edited` to `base` is doing the edit.
  const result = revert(now, { before: edited, written: base });
  if (result.kind !== "conflict") return result;
  const [conflict] = result.conflicts;
  return {
    kind: "refused",
    code: "not-proven",
    why: `the statement ${conflict?.statement} was changed since in another way`,
    remedy: "compare both by hand, and write the policy that is meant",
  };
}
