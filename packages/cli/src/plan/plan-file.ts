import { readFile, writeFile } from "node:fs/promises";
import {
  fingerprint,
  InputError,
  parseJson,
  tryParse,
  whyNoJson,
} from "@bucket-warden/core/kernel";
import type { AccountId, Look, Region } from "@bucket-warden/core/model";
import * as z from "zod";
import { lookSchema } from "../output/schema/look.ts";
import { account, region, time } from "../output/schema/parts.ts";

/** What a plan was made for; it is carried out nowhere else, and under no other baseline. */
export interface PlanHead {
  /** ISO 8601 */
  readonly madeAt: string;
  /** ISO 8601; it is not carried out after that. */
  readonly until: string;
  readonly account: AccountId;
  /** The Region that it was made from. */
  readonly region: Region;
  /** Where it was made, when that was not AWS itself. */
  readonly endpoint?: string;
  readonly baseline: { readonly file: string; readonly print: string };
  /** Only these controls, repaired also where the baseline only alerts or asks. */
  readonly controls?: readonly string[];
}

export interface PlanFile extends PlanHead {
  readonly looks: readonly Look[];
}

const mark = { bucketWarden: "plan", version: 1 } as const;

const schema = z.object({
  bucketWarden: z.literal(mark.bucketWarden),
  version: z.literal(mark.version),
  madeAt: time,
  until: time,
  account,
  region,
  endpoint: z.string().exactOptional(),
  baseline: z.object({ file: z.string(), print: z.string() }),
  controls: z.array(z.string()).exactOptional(),
  looks: z.array(lookSchema),
  checksum: z.string(),
});

/** The plan as text, with a checksum by which a change of it is noticed. */
export function planText(plan: PlanFile): string {
  const marked = { ...mark, ...plan };
  return `${JSON.stringify({ ...marked, checksum: fingerprint(marked) }, undefined, 2)}\n`;
}

/** Writes a plan, over an older one as well, and over nothing else. Throws InputError. */
export async function writePlan(path: string, plan: PlanFile): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before !== undefined && !before.includes('"bucketWarden": "plan"')) {
    const problem = "it is there already, and it is no plan";
    throw new InputError({ place: path, problem, remedy: "Choose another file with --out." });
  }
  await writeFile(path, planText(plan)).catch((cause: unknown) => {
    const remedy = "Choose another file with --out.";
    throw new InputError({ place: path, problem: "it cannot be written", remedy, cause });
  });
}

/** Throws InputError that names the place when the file is missing, no plan, or was changed. */
export async function readPlan(path: string): Promise<PlanFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw noPlan(path, "it cannot be read", cause);
  });
  const document = jsonIn(path, text);
  const parsed = tryParse(schema, document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = [path, ...(issue?.path ?? []).map(String)].join(": ");
    throw noPlan(place, issue?.message ?? "it is something else", parsed.error);
  }
  const { bucketWarden: _mark, version: _version, checksum, ...plan } = parsed.data;
  const { checksum: _checksum, ...marked } = document;
  if (fingerprint(marked) !== checksum) {
    throw noPlan(path, "it is not as it was written: its checksum does not fit");
  }
  return plan;
}

function jsonIn(path: string, text: string): object & { readonly checksum?: unknown } {
  try {
    const document = parseJson(text);
    if (typeof document === "object" && document !== null) return document;
  } catch (cause) {
    throw noPlan(path, whyNoJson(cause, "it is not whole JSON"), cause);
  }
  throw noPlan(path, "it is no JSON object");
}

function noPlan(place: string, problem: string, cause?: unknown): InputError {
  const remedy = "Give a file that was written by `warden plan --out`, as it was written.";
  return new InputError({ place, problem, remedy, cause });
}
