import { type Facet, type Intent, isFacet, type Look } from "@bucket-warden/core/model";
import * as z from "zod";
import { actor, resourceRef, time } from "./parts.ts";
import { planSchema } from "./plan.ts";

/** What a control wanted is in the plan already; here it is only kept. */
const intent = z
  .looseObject({ document: z.string(), kind: z.string() })
  .transform((it) => it as unknown as Intent);

const allowance = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("automatic") }),
  z.object({ mode: z.literal("approval"), why: z.string() }),
  z.object({
    mode: z.literal("report-only"),
    why: z.string(),
    command: z.string().exactOptional(),
  }),
  z.object({
    mode: z.literal("blocked"),
    why: z.string(),
    needs: z.string(),
    behind: resourceRef.exactOptional(),
  }),
]);

const facet = z.custom<Facet>((it) => typeof it === "string" && isFacet(it), "it is no facet");

const seen = { summary: z.string(), witness: z.string().exactOptional() };

const assessment = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("compliant"), evidence: z.string() }),
  z.object({ kind: z.literal("drift"), ...seen, allowance, intents: z.array(intent) }),
  z.object({ kind: z.literal("not-applicable"), why: z.string() }),
  z.object({ kind: z.literal("undecided"), why: z.string() }),
  z.object({
    kind: z.literal("unread"),
    facets: z.array(z.object({ facet, reason: z.string(), detail: z.string() })),
  }),
  z.object({
    kind: z.literal("waived"),
    ...seen,
    approver: z.string(),
    reason: z.string(),
    ticket: z.string().exactOptional(),
    until: z.string(),
    ending: z.enum(["later", "within-7-days", "within-1-day"]),
  }),
]);

const attribution = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    eventName: z.string(),
    eventId: z.string(),
    eventTime: z.string(),
    actor,
  }),
  z.object({ kind: z.literal("unknown"), why: z.string() }),
]);

const finding = z.object({
  control: z.string(),
  mode: z.enum(["remediate", "approve", "alert"]),
  assessment,
  who: attribution.exactOptional(),
});

export const lookSchema = z.object({
  on: resourceRef,
  at: time,
  findings: z.array(finding),
  plan: planSchema,
  gone: z.literal(true).exactOptional(),
}) satisfies z.ZodType<Look>;
