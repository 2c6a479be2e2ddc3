import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { tryParse } from "../kernel/try-parse.ts";
import { parseAccountId, parseBucketName, parseRegion, type ResourceKind } from "../model/ref.ts";
import type { ManualTrigger } from "../model/trigger.ts";

const schema = z.strictObject({
  bucket: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  controls: z.array(z.string()).min(1).optional(),
  approval: z.string().optional(),
  mode: z.enum(["plan", "apply"]),
  reason: z.string().trim().min(1),
  requestedBy: z.string().trim().min(1),
});

interface KnownControl {
  readonly id: string;
  readonly target: ResourceKind;
}

/** What stands in where the request names no account or region, and the controls there are. */
export interface ManualDefaults {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly knownControls: readonly KnownControl[];
}

/** Reads a request made by hand. Throws InputError naming the bad field and what to give instead. */
export function parseManual(input: unknown, defaults: ManualDefaults): ManualTrigger {
  const parsed = tryParse(schema, input);
  if (!parsed.success) throw describe(parsed.error);
  const { bucket, region, approval, mode, reason, requestedBy } = parsed.data;
  if (region !== undefined && bucket === undefined) throw aloneRegion();
  const controls = approval === undefined ? parsed.data.controls : approvedIn(parsed.data);
  for (const id of controls ?? []) requireUsable(id, bucket, defaults.knownControls);
  return {
    kind: "manual",
    id: defaults.id,
    ...placeIn(parsed.data, defaults),
    ...(controls === undefined ? {} : { controls }),
    ...(approval === undefined ? {} : { approval }),
    mode,
    requestedBy,
    reason,
  };
}

interface AskedPlace {
  readonly bucket?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** The account that a request is about, or its bucket, where one is named. */
export function placeIn(
  { bucket, account, region }: AskedPlace,
  defaults: Pick<ManualDefaults, "account" | "region">,
): Pick<ManualTrigger, "account" | "bucket"> {
  const owner = parseAccountId(account ?? defaults.account, "request.account");
  if (bucket === undefined) return { account: owner };
  const name = parseBucketName(bucket, "request.bucket");
  const home = parseRegion(region ?? defaults.region, "request.region");
  return { account: owner, bucket: { name, region: home } };
}

/** Left out of account it would let the request reach further than whoever wrote it thinks. */
function aloneRegion(): InputError {
  return new InputError({
    place: "request.region",
    problem: "it stands there without a bucket, and a request without one means every Region",
    remedy: "Name the bucket, or leave the Region out.",
  });
}

/** An approval begins with its control: nothing else is looked at. */
function approvedIn({ approval = "", controls }: z.infer<typeof schema>): readonly string[] {
  const [control = "", ...rest] = approval.split("/");
  if (controls === undefined && rest.length === 2) return [control];
  throw new InputError({
    place: "request.approval",
    problem: controls === undefined ? "it is not an approval" : "it stands beside controls",
    remedy: "Give the approval alone, just as the message or the plan shows it.",
  });
}

function requireUsable(
  id: string,
  bucket: string | undefined,
  known: readonly KnownControl[],
): void {
  const control = known.find((it) => it.id === id);
  if (control === undefined) {
    throw new InputError({
      place: "request.controls",
      problem: `there is no control ${JSON.stringify(id)}`,
      remedy: `Choose from ${known.map((it) => it.id).join(", ")}.`,
    });
  }
  if (bucket === undefined || control.target === "bucket") return;
  throw new InputError({
    place: "request.controls",
    problem: `${id} is not about a bucket, so nothing of it would be looked at`,
    remedy: "Leave out the bucket, or that control.",
  });
}

function describe(error: z.ZodError): InputError {
  const issue = error.issues[0];
  const path = issue?.path.join(".") ?? "";
  return new InputError({
    place: path === "" ? "request" : `request.${path}`,
    problem: issue?.message ?? "it is not an object",
    remedy:
      'Send {"bucket"?, "account"?, "region"?, "controls"? or "approval"?, "mode": "plan" | "apply", "reason", "requestedBy"}.',
    cause: error,
  });
}
