import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { sendableJson } from "../kernel/json.ts";
import { parseJson, whyNoJson } from "../kernel/parse-json.ts";
import { type Facet, isFacet } from "../model/facets.ts";
import { parseAccountId, parseBucketName, parseRegion, type ResourceRef } from "../model/ref.ts";
import type { Cause, Task } from "../model/trigger.ts";

const text = z.string().min(1);
const shown = z.string().optional();

export const eventCauseSchema = z.object({
  kind: z.literal("event"),
  eventName: text,
  eventId: text,
  eventTime: z.string(),
  actor: z.object({
    arn: z.string(),
    type: z.string(),
    role: shown,
    invokedBy: shown,
    userAgent: shown,
    sourceIp: shown,
  }),
});

const causeSchema = z.discriminatedUnion("kind", [
  eventCauseSchema,
  z.object({ kind: z.literal("sweep"), sweepId: text }),
  z.object({ kind: z.literal("manual"), requestId: text, requestedBy: text, reason: text }),
]);

const place = { account: text, region: text };

export const refSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("bucket"), name: text, ...place }),
  z.object({ kind: z.literal("account"), ...place }),
  z.object({ kind: z.literal("region"), ...place }),
]);

export const touchesSchema = z.union([z.literal("all"), z.array(text)]);

const claimSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("put"), text: z.string() }),
  z.object({ kind: z.literal("removed") }),
  z.object({ kind: z.literal("unseen") }),
]);

const taskSchema = z.object({
  id: text,
  ref: refSchema,
  cause: causeSchema,
  mode: z.enum(["plan", "apply"]),
  touches: touchesSchema,
  controls: z.array(text).optional(),
  approval: text.optional(),
  claim: claimSchema.optional(),
  undo: text.optional(),
  // A sender of before gives the number of them.
  survey: z.union([z.literal(true), z.int().positive()]).optional(),
  large: z.object({ writes: z.int().positive(), of: z.int().positive() }).optional(),
});

/** Reads a message of the task queue. Throws InputError naming the bad place. */
export function parseTask(message: string): Task {
  const { id, ref, cause, mode, touches, ...rest } = read(message);
  const { controls, approval, claim, undo, survey, large } = rest;
  return {
    id,
    ref: refOf(ref, "task.ref"),
    cause: cause as Cause, // the schema has checked every member that is not optional
    mode,
    touches: touchesOf(touches),
    ...(controls === undefined ? {} : { controls }),
    ...(approval === undefined ? {} : { approval }),
    ...(claim === undefined ? {} : { claim }),
    ...(undo === undefined ? {} : { undo }),
    ...(survey === undefined ? {} : { survey: true }),
    ...(large === undefined ? {} : { large }),
  };
}

/** The resource that a message names at `place`. Throws InputError for one that AWS cannot have. */
export function refOf(ref: z.infer<typeof refSchema>, place: string): ResourceRef {
  const account = parseAccountId(ref.account, `${place}.account`);
  const region = parseRegion(ref.region, `${place}.region`);
  if (ref.kind !== "bucket") return { kind: ref.kind, account, region };
  return { kind: ref.kind, name: parseBucketName(ref.name, `${place}.name`), account, region };
}

/** A facet that this version does not know may be one that a newer sender knows: look at all. */
export function touchesOf(touches: "all" | readonly string[]): readonly Facet[] | "all" {
  if (touches === "all") return "all";
  const known = touches.filter(isFacet);
  return known.length === touches.length ? known : "all";
}

export function printTask(task: Task): string {
  return sendableJson(task);
}

function read(message: string): z.infer<typeof taskSchema> {
  try {
    return taskSchema.parse(parseJson(message));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    throw new InputError({
      place: issue === undefined ? "task" : `task.${issue.path.join(".")}`,
      problem: issue?.message ?? whyNoJson(cause, "it is not JSON"),
      remedy: "Only intake, sweep and invoke may send to this queue; look who else did.",
      cause,
    });
  }
}
