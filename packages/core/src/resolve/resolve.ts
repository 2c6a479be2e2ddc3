import { fingerprint } from "../kernel/hash.ts";
import { assertNever } from "../kernel/never.ts";
import {
  type AccountId,
  type BucketRef,
  type ResourceKind,
  type ResourceRef,
  resourceName,
} from "../model/ref.ts";
import type {
  Behind,
  Cause,
  ConfigChange,
  Mode,
  Share,
  Task,
  Trigger,
  UndoTrigger,
} from "../model/trigger.ts";
import type { Directory } from "./directory.ts";

/** Where a trigger is resolved. */
export interface Field {
  readonly directory: Directory;
  /** The kinds of resources that any control is about: there are no tasks for others. */
  readonly kinds: ReadonlySet<ResourceKind>;
  /** Whether the baseline sends access logs of other buckets into this one. */
  readonly isLogTarget: (ref: ResourceRef) => boolean;
  /** A sweep that writes to more buckets than this, and more percent of an account's, is large. */
  readonly largeSweep: { readonly buckets: number; readonly percent: number };
}

/** The buckets that may be written now, and how many of all a sweep would write. */
interface Surveyed extends Share {
  readonly sweepId: string;
  readonly writers: readonly ResourceRef[];
}

/** Trigger to tasks, one for each resource. Nothing of an event survives but names and the cause. */
export async function* resolve(trigger: Trigger, field: Field): AsyncIterable<Task> {
  switch (trigger.kind) {
    case "config-change":
      for await (const change of changesBy(trigger, field)) yield taskOfChange(change);
      return;
    case "manual": {
      const { id: requestId, requestedBy, reason, mode, controls, approval } = trigger;
      const cause = { kind: "manual", requestId, requestedBy, reason } as const;
      const named = controls === undefined ? {} : { controls };
      const only = approval === undefined ? named : { ...named, approval };
      for await (const ref of refsOf(trigger, field)) {
        yield { ...fullTask(ref, cause, mode), ...only };
      }
      return;
    }
    case "undo":
      yield taskOfUndo(trigger);
      return;
    case "waive": {
      const { control, days, reason, ...asked } = trigger;
      const why = `${control} is waived for ${days} days: ${reason}`;
      yield* resolve({ ...asked, kind: "manual", reason: why }, field);
      return;
    }
    default:
      assertNever(trigger);
  }
}

/** What a sweep looks at, whole or as far as it `touches`. */
export function taskOfSweep(
  { ref, touches }: Pick<Task, "ref" | "touches">,
  sweepId: string,
  isSurveyed: boolean,
): Task {
  const task = { ...fullTask(ref, { kind: "sweep", sweepId }), touches };
  return isSurveyed ? { ...task, survey: true } : task;
}

/** The second look at each bucket that a sweep would write, after it has looked at all of them. */
export function tasksAfter(
  { writers, writes, of, sweepId }: Surveyed,
  { largeSweep: { percent, buckets } }: Pick<Field, "largeSweep">,
): readonly Task[] {
  const cause = { kind: "sweep", sweepId } as const;
  const isLarge = writes > buckets && writes * 100 > percent * of;
  return writers.map((ref) => ({
    ...fullTask(ref, cause),
    id: fingerprint(["surveyed", cause, resourceName(ref), ref.account]),
    ...(isLarge ? { large: { writes, of } } : {}),
  }));
}

/** A whole look at another resource because the first cannot be put right before it. */
export function followUp({ cause, mode, controls, approval }: Task, behind: ResourceRef): Task {
  return {
    // Many buckets of one sweep may wait for the same one: it is looked at once.
    id: fingerprint(["behind", cause, resourceName(behind)]),
    ref: behind,
    cause,
    mode,
    touches: "all",
    ...(controls === undefined ? {} : { controls }),
    ...(approval === undefined ? {} : { approval }),
  };
}

/**
 * The change itself, once it is known what is meant, then what it does to others. Tasks never come
 * back here, so what one of them writes reaches no further than its own event does.
 */
async function* changesBy(change: ConfigChange, field: Field): AsyncIterable<ConfigChange> {
  const { behind } = change;
  if (behind === undefined) {
    yield change;
    yield* changesBeyond(change, field);
    return;
  }
  for await (const on of bucketsBehind(behind, change.on, field)) yield { ...change, on };
}

async function* bucketsBehind(
  behind: Behind,
  at: ResourceRef,
  { directory }: Field,
): AsyncIterable<BucketRef> {
  switch (behind.kind) {
    case "keys":
      yield* directory.bucketsUsingKey(behind.keys, at);
      return;
    case "access-point": {
      const bucket = await directory.bucketBehind(behind.name, at);
      if (bucket !== undefined) yield bucket;
      return;
    }
    case "delivery-source":
      yield* directory.bucketsDelivering(behind.name, at);
      return;
    case "lost-delivery":
      yield* directory.bucketsNotLogged(at);
      return;
    default:
      assertNever(behind);
  }
}

/** What is true of the account's block is true of its buckets; logs arrive as their target lets them. */
async function* changesBeyond(
  change: ConfigChange,
  { directory, isLogTarget }: Field,
): AsyncIterable<ConfigChange> {
  const { on, touches } = change;
  if (on.kind === "account") {
    for await (const bucket of directory.bucketsOf(on.account)) yield { ...change, on: bucket };
  }
  const isDelivery = touches === "all" || touches.includes("logTarget");
  if (on.kind === "bucket" && isDelivery && isLogTarget(on)) {
    for await (const source of directory.sourcesOf(on)) {
      if (source.name !== on.name) yield { ...change, on: source, touches: ["logTarget"] };
    }
  }
}

export function taskOfChange(change: ConfigChange): Task {
  const { eventName, eventId, eventTime, actor, on, touches, claim } = change;
  return {
    // One call recorded in two accounts shares its sharedEventId: the same work.
    id: fingerprint([change.sharedEventId ?? eventId, resourceName(on)]),
    ref: on,
    cause: { kind: "event", eventName, eventId, eventTime, actor },
    mode: "apply",
    touches: reachOf(touches),
    // What a call left on one bucket says nothing of those that it reaches beyond.
    ...(claim !== undefined && touches.includes("policy") ? { claim } : {}),
  };
}

/** Tags can decide which settings hold for a bucket, so whoever changes them can change it all. */
function reachOf(touches: ConfigChange["touches"]): Task["touches"] {
  return touches.includes("tags") ? "all" : touches;
}

function taskOfUndo(trigger: UndoTrigger): Task {
  const { id: requestId, entry: undo, on, requestedBy, reason, mode } = trigger;
  const cause = { kind: "manual", requestId, requestedBy, reason } as const;
  return { ...fullTask(on, cause, mode), id: fingerprint(["undo", undo, cause]), undo };
}

function fullTask(ref: ResourceRef, cause: Cause, mode: Mode = "apply"): Task {
  return {
    id: fingerprint([cause, resourceName(ref), ref.account]),
    ref,
    cause,
    mode,
    touches: "all",
  };
}

async function* refsOf(
  trigger: Extract<Trigger, { kind: "manual" }>,
  field: Field,
): AsyncIterable<ResourceRef> {
  const { account, bucket } = trigger;
  if (bucket === undefined) {
    yield* allOf(account, field);
    return;
  }
  // S3 redirects calls, so in a Region that is only a guess the bucket would be judged and written as
  // if it were there, with the key and the log bucket of that Region.
  const found = await field.directory.bucketNamed(bucket.name, account);
  yield found ?? { kind: "bucket", account, ...bucket };
}

/** The account itself, what it has in each Region, and its buckets. */
async function* allOf(account: AccountId, field: Field): AsyncIterable<ResourceRef> {
  yield* besideBuckets(account, field);
  if (field.kinds.has("bucket")) yield* field.directory.bucketsOf(account);
}

/** The account itself, and what it has in each Region. */
export function besideBuckets(
  account: AccountId,
  { directory, kinds }: Pick<Field, "kinds"> & { readonly directory: Pick<Directory, "regionsOf"> },
): readonly ResourceRef[] {
  const regions = directory.regionsOf(account);
  const own = kinds.has("account")
    ? [{ kind: "account", account, region: regions[0] } as const]
    : [];
  const places = kinds.has("region") ? regions : [];
  return [...own, ...places.map((region) => ({ kind: "region", account, region }) as const)];
}
