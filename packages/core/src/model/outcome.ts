/** How one reconcile ended. It decides queue action, metric, log level and message. */
export type Outcome =
  /** `undone` is who took it back before, where there was nothing left to undo. */
  | { readonly kind: "clean"; readonly undone?: UndoneBefore }
  | { readonly kind: "fixed"; readonly controls: readonly string[] }
  /** Writes of a ledger entry were taken back. */
  | { readonly kind: "undone"; readonly controls: readonly string[] }
  /** Drift that no machine may repair. */
  | { readonly kind: "flagged"; readonly controls: readonly string[] }
  | { readonly kind: "awaiting-approval"; readonly controls: readonly string[] }
  | { readonly kind: "blocked"; readonly controls: readonly string[]; readonly needs: string }
  /** The same drift keeps coming back, so nothing is written any more. */
  | { readonly kind: "contested"; readonly controls: readonly string[] }
  | { readonly kind: "retry"; readonly afterSeconds: number; readonly why: string }
  /** Plan mode: what would be done. */
  | { readonly kind: "planned"; readonly steps: number }
  /** The resource does not exist (any more). */
  | { readonly kind: "gone" };

/** An undo of the same ledger entry. */
export interface UndoneBefore {
  readonly entry: string;
  /** ISO 8601 */
  readonly at: string;
  readonly by?: string;
}
