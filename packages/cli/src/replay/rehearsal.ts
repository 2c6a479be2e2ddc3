import { parseBaseline } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import {
  type Hear,
  type Rehearsal,
  type RehearsalTerms,
  type Rehearsed,
  rehearse,
} from "@bucket-warden/core/rehearsal";
import type { VerdictKind } from "@bucket-warden/core/rehearse";
import { fieldFor } from "@bucket-warden/functions/resolving";
import { baselineHere } from "../baseline/find.ts";
import { readSource } from "../baseline/source.ts";

/** A rehearsal and the name of what is rehearsed. */
export interface Cast {
  readonly name: string;
  readonly rehearsal: Rehearsal;
}

/** What came of rehearsing one baseline. */
export interface Result extends Rehearsed {
  readonly baseline: string;
}

/** A rehearsal of the baseline in this file, of the one of this folder, or of the default. Throws InputError. */
export async function rehearsalOf(
  file: string | undefined,
  terms: Pick<RehearsalTerms, "delaySeconds" | "supposed" | "hear">,
): Promise<Cast> {
  const name = file ?? baselineHere();
  const input = name === undefined ? {} : (await readSource(name)).input;
  const baseline = parseBaseline(input, name ?? "the default baseline");
  const rehearsal = rehearse({
    ...terms,
    baseline,
    fieldOf: (directory) => fieldFor(controls, { directory, environment: { baseline } }),
  });
  return { name: name ?? "the default baseline", rehearsal };
}

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
  const before = new Map<string, unknown>();
  return {
    moments: () => moments,
    hear: {
      call({ change, isOwn }, world) {
        if (change?.on.kind !== "bucket" || change.on.name !== bucket) return;
        const state = world.bucketNamed(bucket, change.on.account)?.state ?? {};
        const changed = Object.entries(state).filter(([facet, it]) => before.get(facet) !== it);
        before.clear();
        for (const [facet, reading] of Object.entries(state)) before.set(facet, reading);
        const { eventTime: at, eventName, actor } = change;
        const left = Object.fromEntries(changed.map(([facet, it]) => [facet, textOf(it)]));
        moments.push({ kind: "call", at, eventName, actor: actor.role ?? actor.arn, isOwn, left });
      },
      entry({ plan: { on } }, verdicts) {
        if (on.kind !== "bucket" || on.name !== bucket) return;
        for (const { at, control, kind, summary } of verdicts) {
          moments.push({ kind: "verdict", at, control, verdict: kind, summary });
        }
      },
    },
  };
}

type AnyReading =
  | { readonly state: "present"; readonly value: unknown }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly detail: string };

function textOf(reading: AnyReading): string {
  switch (reading.state) {
    case "present":
      return JSON.stringify(reading.value);
    case "absent":
      return "none";
    case "unknown":
      return `unknown: ${reading.detail}`;
  }
}
