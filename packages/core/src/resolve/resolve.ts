import { fingerprint } from "../kernel/hash.ts";
import { assertNever } from "../kernel/never.ts";
import type { BucketRef } from "../model/ref.ts";
import type { Cause, ConfigChange, Mode, Task, Trigger } from "../model/trigger.ts";
import type { Directory } from "./directory.ts";

/** Trigger to tasks, one for each bucket. Nothing of an event survives but names and the cause. */
export async function* resolve(trigger: Trigger, directory: Directory): AsyncIterable<Task> {
  switch (trigger.kind) {
    case "config-change":
      yield taskOfChange(trigger);
      return;
    case "sweep": {
      const cause = { kind: "sweep", sweepId: trigger.id } as const;
      for await (const ref of directory.bucketsOf(trigger.account)) yield fullTask(ref, cause);
      return;
    }
    case "manual": {
      const { id: requestId, requestedBy, reason, mode, controls } = trigger;
      const cause = { kind: "manual", requestId, requestedBy, reason } as const;
      const only = controls === undefined ? {} : { controls };
      for await (const ref of refsOf(trigger, directory)) {
        yield { ...fullTask(ref, cause, mode), ...only };
      }
      return;
    }
    default:
      assertNever(trigger);
  }
}

/** A whole look at another bucket because the first cannot be put right before it. */
export function followUp({ cause, mode, controls }: Task, behind: BucketRef): Task {
  return {
    // Many buckets of one sweep may wait for the same one: it is looked at once.
    id: fingerprint(["behind", cause, behind.name]),
    ref: behind,
    cause,
    mode,
    touches: "all",
    ...(controls === undefined ? {} : { controls }),
  };
}

export function taskOfChange(change: ConfigChange): Task {
  const { eventName, eventId, eventTime, actor, bucket, account, owner, region } = change;
  const ref: BucketRef = { kind: "bucket", name: bucket, account: owner ?? account, region };
  return {
    // One call recorded in two accounts shares its sharedEventId: the same work.
    id: fingerprint([change.sharedEventId ?? eventId, bucket]),
    ref,
    cause: { kind: "event", eventName, eventId, eventTime, actor },
    mode: "apply",
    touches: change.touches,
  };
}

function fullTask(ref: BucketRef, cause: Cause, mode: Mode = "apply"): Task {
  return { id: fingerprint([cause, ref.name, ref.account]), ref, cause, mode, touches: "all" };
}

async function* refsOf(
  trigger: Extract<Trigger, { kind: "manual" }>,
  directory: Directory,
): AsyncIterable<BucketRef> {
  const { account, bucket } = trigger;
  if (bucket === undefined) yield* directory.bucketsOf(account);
  else yield { kind: "bucket", account, ...bucket };
}
