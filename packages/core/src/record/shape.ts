import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { isTooDeep, tooDeep } from "../kernel/parse-json.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { WritableFacet } from "../model/facets.ts";
import type { BeforeImage, PinnedWaiver } from "./ledger.ts";

/*
 * Records of the ledger as far as anything depends on their shape. The table is ours alone, but an undo
 * writes what stands there: a record that somebody else wrote or broke is refused, never guessed at.
 */

const text = z.string();
const texts = z.array(text);
const members = z.record(text, z.unknown());
const block = z.looseObject({ configuration: members });

/** By document: what a reader, a diff or an inverse looks into. */
const values = {
  policy: z.looseObject({ text }),
  encryption: z.looseObject({ algorithm: text, rule: members }),
  logging: z.looseObject({ targetBucket: text, targetPrefix: text, enabled: members }),
  versioning: z.looseObject({ status: text }),
  objectLock: block,
  publicAccessBlock: block,
  accountPublicAccess: block,
  cors: z.looseObject({ rules: z.array(z.looseObject({ rule: members })) }),
  ownership: z.looseObject({ setting: text, rule: members }),
} satisfies Record<WritableFacet, z.ZodType>;

const ref = z.looseObject({
  kind: z.enum(["bucket", "account", "region"]),
  account: text,
  region: text,
  name: text.optional(),
});

const absent = z.strictObject({ state: z.literal("absent") });

/** By document: both sides of a step. */
const sides = new Map(
  Object.entries(values).map(([document, value]) => {
    const known = z.union([absent, z.looseObject({ value, fingerprint: text })]);
    return [document, z.looseObject({ before: known, after: z.union([absent, value]) })] as const;
  }),
);

const step = z
  .looseObject({ document: text, on: ref, controls: texts })
  .refine((it) => sides.get(it.document)?.safeParse(it).success === true, {
    error: "is no step of a document that can be written",
  });

const cause = z.discriminatedUnion("kind", [
  z.looseObject({
    kind: z.literal("event"),
    eventName: text,
    eventTime: text,
    actor: z.looseObject({ arn: text, invokedBy: text.optional() }),
  }),
  z.looseObject({ kind: z.literal("sweep"), sweepId: text }),
  z.looseObject({ kind: z.literal("manual"), requestedBy: text, reason: text }),
]);

const held = z.looseObject({
  control: text,
  why: text,
  next: text,
  impact: texts.optional(),
  conflicts: z.array(z.looseObject({ document: text, place: text })).optional(),
  wanted: z.array(step).optional(),
});

const entrySchema = z.looseObject({
  id: text,
  task: z.looseObject({ id: text, ref, cause, undo: text.optional() }),
  startedAt: text,
  endedAt: text,
  findings: z.array(z.looseObject({ control: text, assessment: z.looseObject({ kind: text }) })),
  plan: z.looseObject({ steps: z.array(step), held: z.array(held) }),
  receipts: z.array(z.looseObject({ kind: text, step, at: text })),
  outcome: z.looseObject({ kind: text, controls: texts.optional() }),
  announced: z.boolean(),
  pending: texts,
});

const imageSchema = z.looseObject({
  taskId: text,
  step,
  at: text,
  refused: z.literal(true).optional(),
});

const waiverSchema = z.looseObject({
  id: text,
  waiver: z.looseObject({
    accounts: texts.optional(),
    buckets: texts.optional(),
    controls: texts,
    reason: text,
    approver: text,
    approved: text,
    expires: text,
  }),
});

/** An entry as it was saved. Throws InputError naming the place in the table for anything else. */
export function entryIn(value: unknown, place: string): LedgerEntry {
  return checked(entrySchema, value, place) as LedgerEntry; // as far as anything depends on it
}

export function imageIn(value: unknown, place: string): BeforeImage {
  return checked(imageSchema, value, place) as BeforeImage; // as above
}

export function waiverIn(value: unknown, place: string): PinnedWaiver {
  return checked(waiverSchema, value, place) as PinnedWaiver; // as above
}

/** The id of the entry that a pointer is to. */
export function pointerIn(value: unknown, place: string): string {
  return checked(text, value, place) as string; // as above
}

/** The value itself, so that members nobody knows here stay what they were. */
function checked(schema: z.ZodType, value: unknown, place: string): unknown {
  const parsed = isTooDeep(value) ? undefined : tryParse(schema, value);
  if (parsed?.success) return value;
  const issue = parsed?.error.issues[0] ?? { path: [], message: tooDeep };
  throw new InputError({
    place: ["ledger", place, ...issue.path].join("."),
    problem: issue.message,
    remedy: "Look who else wrote to the table, and restore this record from its backup.",
    cause: parsed?.error,
  });
}
