import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { WaiveTrigger } from "../model/trigger.ts";
import { type ManualDefaults, placeIn } from "./manual.ts";

const text = z.string().trim().min(1);

const schema = z.strictObject({
  waive: text,
  days: z.int().min(1),
  bucket: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  mode: z.enum(["plan", "apply"]),
  reason: text,
  requestedBy: text,
});

type Asked = z.infer<typeof schema>;

/** What stands in for a request's gaps, and how long a waiver may last. */
export interface WaiveDefaults extends ManualDefaults {
  /** `limits.waiverDays` of the baseline. */
  readonly mostDays: number;
}

/** Whether a request wants drift accepted, whatever else is wrong with it. */
export function asksToWaive(input: unknown): boolean {
  return typeof input === "object" && input !== null && "waive" in input;
}

/** Reads a request to waive. Throws InputError naming the bad field and what to give instead. */
export function parseWaive(input: unknown, defaults: WaiveDefaults): WaiveTrigger {
  const parsed = tryParse(schema, input);
  if (!parsed.success) throw describe(parsed.error);
  const { waive: control, days, mode, reason, requestedBy } = parsed.data;
  requireFit(parsed.data, defaults);
  return {
    kind: "waive",
    id: defaults.id,
    control,
    days,
    ...placeIn(parsed.data, defaults),
    mode,
    reason,
    requestedBy,
  };
}

function requireFit(asked: Asked, { knownControls, mostDays }: WaiveDefaults): void {
  const { waive, days, bucket } = asked;
  const control = knownControls.find(({ id }) => id === waive);
  if (control === undefined) {
    throw new InputError({
      place: "request.waive",
      problem: `there is no control ${JSON.stringify(waive)}`,
      remedy: `Choose from ${knownControls.map(({ id }) => id).join(", ")}.`,
    });
  }
  if ((control.target === "bucket") !== (bucket !== undefined)) {
    throw new InputError({
      place: "request.bucket",
      problem:
        bucket === undefined
          ? `${waive} is about buckets, and none is named`
          : `${waive} is not about a bucket`,
      remedy:
        bucket === undefined
          ? "Name one; a waiver for many stands in the baseline, where it is reviewed."
          : "Leave out the bucket.",
    });
  }
  if (days <= mostDays) return;
  throw new InputError({
    place: "request.days",
    problem: `it is ${days}, and limits.waiverDays of the baseline allows ${mostDays}`,
    remedy: "Ask for fewer days.",
  });
}

function describe(error: z.ZodError): InputError {
  const issue = error.issues[0];
  return new InputError({
    place: ["request", ...(issue?.path ?? [])].join("."),
    problem: issue?.message ?? "it is not an object",
    remedy:
      'Send {"waive": a control, "days", "bucket"?, "account"?, "region"?, "mode": "plan" | "apply", "reason", "requestedBy"}.',
    cause: error,
  });
}
