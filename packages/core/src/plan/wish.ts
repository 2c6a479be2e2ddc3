import type { WritableFacet } from "../model/facets.ts";
import type { Intent } from "../model/intent.ts";

/** One intent and the control that has it. */
export interface Wish<I extends Intent = Intent> {
  readonly control: string;
  readonly intent: I;
}

export type WishFor<D extends WritableFacet> = Wish<Extract<Intent, { document: D }>>;

/** The controls behind some wishes, each once. */
export function controlsOf(wishes: readonly Wish[]): readonly string[] {
  return [...new Set(wishes.map(({ control }) => control))];
}

/** The wishes for one document. */
export function wishesFor<D extends WritableFacet>(
  document: D,
  wishes: readonly Wish[],
): readonly WishFor<D>[] {
  // The filter checks the member that tells the variants of Intent apart.
  return wishes.filter(({ intent }) => intent.document === document) as unknown as WishFor<D>[];
}
