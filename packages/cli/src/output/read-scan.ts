import { readFile } from "node:fs/promises";
import { InputError } from "@bucket-warden/core/kernel";
import type { Look } from "@bucket-warden/core/model";
import * as z from "zod";
import type { ScanEnd, ScanHead } from "./format.ts";
import { scanMark } from "./json.ts";
import { lookSchema } from "./schema/look.ts";
import { account, region, time } from "./schema/parts.ts";

/** A scan that was saved with `--output json`. */
export interface Scan {
  readonly head: ScanHead;
  readonly looks: readonly Look[];
  readonly end: ScanEnd;
}

const scanSchema = z.object({
  bucketWarden: z.literal(scanMark.bucketWarden),
  version: z.literal(scanMark.version),
  startedAt: time,
  baseline: z.string(),
  accounts: z.array(account),
  regions: z.array(region),
  looks: z.array(lookSchema),
  unlooked: z.array(z.object({ account, region: region.exactOptional(), why: z.string() })),
  endedAt: time,
  interrupted: z.literal(true).exactOptional(),
});

/** Throws InputError that names the place when the file is missing or holds something else. */
export async function readScan(path: string): Promise<Scan> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw notAScan(path, "it cannot be read", cause);
  });
  const { looks, unlooked, endedAt, interrupted, ...head } = checked(path, text);
  const { startedAt, baseline, accounts, regions } = head;
  return {
    head: { startedAt, baseline, accounts, regions },
    looks,
    end: { endedAt, unlooked, ...(interrupted === undefined ? {} : { interrupted }) },
  };
}

function checked(path: string, text: string): z.infer<typeof scanSchema> {
  try {
    return scanSchema.parse(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw notAScan(path, "it is not whole JSON", cause);
    const [issue] = cause.issues;
    const place = [path, ...(issue?.path ?? []).map(String)].join(": ");
    throw notAScan(place, issue?.message ?? "it is something else", cause);
  }
}

function notAScan(place: string, problem: string, cause: unknown): InputError {
  const remedy = "Give a file that was written by `warden scan --output json`.";
  return new InputError({ place, problem, remedy, cause });
}
