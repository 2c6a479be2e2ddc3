import type { PolicyText } from "@bucket-warden/core/model";
import type { Hear } from "@bucket-warden/core/rehearsal";
import type { VerdictKind } from "@bucket-warden/core/rehearse";

/** A call on a bucket, or what the Warden would have made of it. */
export type Moment =
  | {
      readonly kind: "call";
      /** ISO 8601. */
      readonly at: string;
      readonly eventName: string;
      readonly actor: string;
      readonly isOwn: boolean;
      /** What the call left of each facet that it changed: text, `none` or why it is unknown. */
      readonly left: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "verdict";
      readonly at: string;
      readonly control: string;
      readonly verdict: VerdictKind | "fine";
      readonly summary: string;
    };

export interface BucketHistory {
  readonly hear: Hear;
  readonly moments: () => readonly Moment[];
}

/** Writes down what happens to the buckets of this name. */
export function newHistory(bucket: string): BucketHistory {
  const moments: Moment[] = [];
  let before: State = {};
  return {
    moments: () => moments,
    hear: {
      call({ change, isOwn }, world) {
        if (change?.on.kind !== "bucket" || change.on.name !== bucket) return;
        const state: State = world.bucketNamed(bucket, change.on.account)?.state ?? {};
        const changed = Object.entries(state).filter(([facet, it]) => before[facet] !== it);
        before = state;
        const { eventTime: at, eventName, actor } = change;
        const left = Object.fromEntries(changed.map(([facet, it]) => [facet, textOf(it)]));
        moments.push({ kind: "call", at, eventName, actor: actor.role ?? actor.arn, isOwn, left });
      },
      entry({ plan: { on } }, verdicts, world) {
        if (on.kind !== "bucket" || on.name !== bucket) return;
        before = world.bucketNamed(bucket, on.account)?.state ?? {};
        for (const { at, control, kind, summary } of verdicts) {
          moments.push({ kind: "verdict", at, control, verdict: kind, summary });
        }
      },
    },
  };
}

type State = Readonly<Record<string, AnyReading>>;

type AnyReading =
  | { readonly state: "present"; readonly value: unknown }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly detail: string };

function textOf(reading: AnyReading): string {
  switch (reading.state) {
    case "present":
      return isPolicy(reading.value) ? reading.value.text : JSON.stringify(reading.value);
    case "absent":
      return "none";
    case "unknown":
      return `unknown: ${reading.detail}`;
  }
}

function isPolicy(value: unknown): value is PolicyText {
  return typeof value === "object" && value !== null && "text" in value;
}
