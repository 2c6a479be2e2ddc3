import type { Verdict } from "./control.ts";

/** What is said of one of the things that a control judges together. */
export interface Judged {
  readonly name: string;
  /** What is wrong with it, each a sentence part about the thing, e.g. `has no lock`. */
  readonly faults: readonly string[];
  /** What could not be told of it. */
  readonly doubts: readonly string[];
  /** What is worth knowing and wrong only in the eyes of its owners. */
  readonly notes: readonly string[];
}

type Hold = Extract<Verdict<unknown>, { kind: "drift" }>["hold"];

/**
 * One verdict on all of them. Each that is at fault is named with its reasons, and so is each that is
 * in doubt; a doubt alone never makes drift.
 */
export function judgeAll(
  judged: readonly Judged[],
  { evidence, hold }: { readonly evidence: string; readonly hold?: Hold },
): Verdict<object> {
  const doubts = told(judged, ({ doubts: all }) => all);
  if (judged.some(({ faults }) => faults.length > 0)) {
    const faults = told(judged, ({ faults: wrong, notes }) =>
      wrong[0] ? [...wrong, ...notes] : [],
    );
    const summary = [...faults, ...doubts].join("; ");
    return { kind: "drift", summary, detail: {}, ...(hold === undefined ? {} : { hold }) };
  }
  if (doubts.length > 0) return { kind: "undecided", why: doubts.join("; ") };
  const notes = told(judged, ({ notes: all }) => all);
  return { kind: "compliant", evidence: [evidence, ...notes].join("; ") };
}

function told(
  judged: readonly Judged[],
  partsOf: (one: Judged) => readonly string[],
): readonly string[] {
  return judged.flatMap((one) => {
    const parts = partsOf(one);
    return parts.length === 0 ? [] : [`${one.name} ${parts.join(", and ")}`];
  });
}
