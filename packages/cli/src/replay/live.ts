import { randomUUID } from "node:crypto";
import { createReader } from "@bucket-warden/core/aws";
import type { Baseline } from "@bucket-warden/core/baseline";
import {
  type AccountId,
  type Finding,
  type ResourceRef,
  resourceId,
  resourceName,
  type Task,
} from "@bucket-warden/core/model";
import { type LookPorts, lookAt } from "@bucket-warden/core/reconcile";
import {
  type BucketState,
  type FoundDrift,
  keptFacets,
  ledgerOfRehearsal,
  type Supposed,
  type World,
} from "@bucket-warden/core/rehearse";
import { clock, heard, tellOfRead } from "../local/surroundings.ts";
import type { Aws } from "./aws.ts";

/** What became of drift that a log shows. */
export interface Standing {
  readonly resource: string;
  readonly account: AccountId;
  readonly control: string;
  readonly now: "stands" | "right" | "waived" | "gone" | "unknown";
  /** What is there now, or why that is not known. */
  readonly says: string;
}

type Reader = LookPorts["reader"];

/** Reads with the caller's own credentials. */
export function liveReader({ clients }: Aws): Reader {
  return heard(createReader(clients), tellOfRead);
}

/** How many resources are read at once. */
const atOnce = 8;

/**
 * Reads the settings that no record of a log changes: they are now what they were when it began. A
 * bucket that was made or ended in the log is left out, and what cannot be read stays unknown.
 */
export async function readUntold(world: World, reader: Reader): Promise<Supposed> {
  const untold = [...world.everyBucket()].filter(({ hadEnd }) => !hadEnd);
  const states = new Map<string, BucketState>();
  await forEach(untold, async ({ on, state }) => {
    const facets = keptFacets.filter((facet) => state[facet] === undefined);
    const read = async (facet: (typeof keptFacets)[number]) =>
      [facet, await reader.read(facet, on, {})] as const;
    const entries = await Promise.all(facets.map(read));
    const known = entries.filter(([, reading]) => reading.state !== "unknown");
    states.set(keyOf(on), Object.fromEntries(known));
  });
  return { stateOf: (on) => states.get(keyOf(on)) ?? {} };
}

function keyOf(on: ResourceRef): string {
  return `${on.account} ${resourceId(on)}`;
}

/** Looks whether drift that was found in a log still stands. Nothing is written. */
export async function standingOf(
  found: readonly FoundDrift[],
  baseline: Baseline,
  reader: Reader,
): Promise<readonly Standing[]> {
  const groups = [...Map.groupBy(found, ({ on }) => keyOf(on)).values()];
  const ports: LookPorts = {
    reader,
    clock,
    ledger: ledgerOfRehearsal(),
    accessLogs: { recent: async () => ({ kind: "unread", why: "nobody asked for them" }) },
  };
  const all: (readonly Standing[])[] = [];
  await forEach(groups, async (drifts) => {
    const [first] = drifts;
    if (first === undefined) return;
    const terms = { baseline, attempt: 1, retrySeconds: 0 };
    const look = await lookAt(taskFor(first.on), terms, ports);
    all.push(drifts.map((drift) => standing(drift, look.findings, look.gone === true)));
  });
  return all.flat().sort((one, other) => (nameIn(one) < nameIn(other) ? -1 : 1));
}

function nameIn({ account, resource, control }: Standing): string {
  return `${account} ${resource} ${control}`;
}

function taskFor(ref: ResourceRef): Task {
  const requestId = randomUUID();
  const cause = { kind: "manual", requestId, requestedBy: "replay", reason: "a look" } as const;
  return { id: requestId, ref, cause, mode: "plan", touches: "all" };
}

function standing(
  { on, control }: FoundDrift,
  findings: readonly Finding[],
  isGone: boolean,
): Standing {
  const about = { resource: resourceName(on), account: on.account, control };
  if (isGone) return { ...about, now: "gone", says: "it is not there any more" };
  const assessment = findings.find((it) => it.control === control)?.assessment;
  switch (assessment?.kind) {
    case undefined:
      return { ...about, now: "unknown", says: "nothing looked at it" };
    case "drift":
      return { ...about, now: "stands", says: assessment.summary };
    case "waived":
      return { ...about, now: "waived", says: assessment.summary };
    case "compliant":
      return { ...about, now: "right", says: assessment.evidence };
    case "not-applicable":
      return { ...about, now: "right", says: assessment.why };
    case "undecided":
      return { ...about, now: "unknown", says: assessment.why };
    case "unread": {
      const why = assessment.facets.map(({ facet, detail }) => `${facet}: ${detail}`);
      return { ...about, now: "unknown", says: why.join("; ") };
    }
  }
}

/** Does the same with each, some at a time. */
async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
