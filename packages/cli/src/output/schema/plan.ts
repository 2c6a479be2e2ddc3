import type { Plan, WriteStep } from "@bucket-warden/core/model";
import * as z from "zod";
import { documents } from "./documents.ts";
import { absence, accountRef, actor, known, onBucket, resourceRef } from "./parts.ts";

const named = <D extends string, V extends z.ZodType>(document: D, value: V) => ({
  document: z.literal(document),
  controls: z.array(z.string()),
  before: known(value),
});

const write = <D extends string, V extends z.ZodType>(document: D, value: V) =>
  z.object({ ...named(document, value), ...onBucket, after: value });

const removal = <D extends string, V extends z.ZodType>(document: D, value: V) =>
  z.object({ ...named(document, value), ...onBucket, after: absence });

const { accountPublicAccess } = documents;
const onAccount = { ...named("accountPublicAccess", accountPublicAccess), on: accountRef };

const writeStep = z.discriminatedUnion("document", [
  write("policy", documents.policy),
  write("encryption", documents.encryption),
  write("logging", documents.logging),
  write("versioning", documents.versioning),
  write("objectLock", documents.objectLock),
  write("publicAccessBlock", documents.publicAccessBlock),
  write("cors", documents.cors),
  write("ownership", documents.ownership),
  z.object({ ...onAccount, after: accountPublicAccess }),
]) satisfies z.ZodType<WriteStep>;

const removalStep = z.discriminatedUnion("document", [
  removal("policy", documents.policy),
  removal("encryption", documents.encryption),
  removal("logging", documents.logging),
  removal("publicAccessBlock", documents.publicAccessBlock),
  removal("cors", documents.cors),
  removal("ownership", documents.ownership),
  z.object({ ...onAccount, after: absence }),
]);

const held = z.object({
  control: z.string(),
  kind: z.enum(["flagged", "approval", "blocked", "contested"]),
  why: z.string(),
  next: z.string(),
  behind: resourceRef.exactOptional(),
  guard: z.enum(["stop-switch", "write-budget", "large-sweep", "stale-plan"]).exactOptional(),
  passing: z.literal(true).exactOptional(),
  wanted: z.array(writeStep).exactOptional(),
  approval: z.string().exactOptional(),
  impact: z.array(z.string()).exactOptional(),
  conflicts: z
    .array(
      z.object({
        document: z.enum(writeStep.options.map((it) => it.shape.document.value)),
        place: z.string(),
        before: z.unknown().optional(),
        written: z.unknown().optional(),
        now: z.unknown().optional(),
      }),
    )
    .exactOptional(),
  by: actor.exactOptional(),
});

/** A plan that was printed. What it holds is checked; whether it is still fresh, nobody knows here. */
export const planSchema = z.object({
  on: resourceRef,
  basedOn: z.record(z.string(), z.string()),
  steps: z.array(z.union([writeStep, removalStep])),
  held: z.array(held),
  impact: z.array(z.string()).exactOptional(),
}) satisfies z.ZodType<Plan>;
