/** One call that can weaken what watches the buckets. */
export interface TamperCall {
  /** The API name; Lambda's event names add an API date to it. */
  readonly name: string;
  readonly isDated?: true;
  /** Whether it matters whatever it names, or only when it names something of ours. */
  readonly matters: "always" | "on-ours";
  /** What it means for the watching, when it succeeded. */
  readonly means: string;
  /** How to undo it. `{name}` stands for that request parameter; `[…]` goes when it has none. */
  readonly undo: string;
}

/** Rows of API name, meaning and undoing. */
export type Rows = Readonly<Record<string, readonly [means: string, undo: string]>>;

export function calls(
  matters: TamperCall["matters"],
  rows: Rows,
  more: Pick<TamperCall, "isDated"> = {},
): readonly TamperCall[] {
  return Object.entries(rows).map(([name, [means, undo]]) => ({
    name,
    matters,
    means,
    undo,
    ...more,
  }));
}
