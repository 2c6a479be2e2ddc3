import { open, readFile } from "node:fs/promises";
import { InputError, parseJson, tryParse, whyNoJson } from "@bucket-warden/core/kernel";
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

/** A piece of a saved scan: its head, each look, its end. */
export type ScanPart =
  | { readonly kind: "head"; readonly head: ScanHead }
  | { readonly kind: "look"; readonly look: Look }
  | { readonly kind: "end"; readonly end: ScanEnd };

const headSchema = z.object({
  bucketWarden: z.literal(scanMark.bucketWarden),
  version: z.literal(scanMark.version),
  startedAt: time,
  baseline: z.string(),
  accounts: z.array(account),
  regions: z.array(region),
});

const endSchema = z.object({
  unlooked: z.array(z.object({ account, region: region.exactOptional(), why: z.string() })),
  endedAt: time,
  interrupted: z.literal(true).exactOptional(),
});

/** Throws InputError that names the place when the file is missing or holds something else. */
export async function readScan(path: string): Promise<Scan> {
  const looks: Look[] = [];
  let scan: Partial<Scan> = {};
  for await (const part of scanParts(path)) {
    if (part.kind === "look") looks.push(part.look);
    else scan = { ...scan, ...part };
  }
  const { head, end } = scan;
  if (head === undefined || end === undefined) throw notWhole(path);
  return { head, looks, end };
}

/**
 * The same piece by piece, so that a large scan need not be held: it was printed with a look in each
 * line. A file that somebody has laid out anew is read as a whole.
 */
export async function* scanParts(path: string): AsyncIterable<ScanPart> {
  const file = await open(path).catch((cause: unknown) => {
    throw notAScan(path, "it cannot be read", cause);
  });
  try {
    const lines = file.readLines()[Symbol.asyncIterator]();
    const first = await lines.next().catch((cause: unknown) => {
      throw notAScan(path, "it cannot be read", cause);
    });
    const isOurs = first.done !== true && first.value.endsWith(looksBegin);
    if (isOurs) yield* partsIn(path, first.value, { [Symbol.asyncIterator]: () => lines });
    else yield* partsOfWhole(path, await readFile(path, "utf8"));
  } finally {
    await file.close();
  }
}

const looksBegin = '"looks":[';
const looksEnd = "],";

async function* partsIn(
  path: string,
  first: string,
  lines: AsyncIterable<string>,
): AsyncIterable<ScanPart> {
  yield headIn(path, parsed(path, `${first}]}`));
  let place = 0;
  let isOver = false;
  for await (const line of lines) {
    if (line === "") continue;
    if (isOver) throw notWhole(path);
    isOver = line.startsWith(looksEnd);
    if (isOver) yield endIn(path, parsed(path, `{${line.slice(looksEnd.length)}`));
    else yield lookIn(path, place, parsed(path, line.replace(/,$/, "")));
    place += 1;
  }
  if (!isOver) throw notWhole(path);
}

function* partsOfWhole(path: string, text: string): Iterable<ScanPart> {
  const whole = parsed(path, text);
  yield headIn(path, whole);
  const { looks } = checked(path, [], z.object({ looks: z.array(z.unknown()) }), whole);
  for (const [place, look] of looks.entries()) yield lookIn(path, place, look);
  yield endIn(path, whole);
}

function headIn(path: string, value: unknown): ScanPart {
  const { startedAt, baseline, accounts, regions } = checked(path, [], headSchema, value);
  return { kind: "head", head: { startedAt, baseline, accounts, regions } };
}

function lookIn(path: string, place: number, value: unknown): ScanPart {
  return { kind: "look", look: checked(path, ["looks", place], lookSchema, value) };
}

function endIn(path: string, value: unknown): ScanPart {
  return { kind: "end", end: checked(path, [], endSchema, value) };
}

function parsed(path: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw notWhole(path, cause);
  }
}

function checked<T>(
  path: string,
  place: readonly PropertyKey[],
  schema: z.ZodType<T>,
  value: unknown,
): T {
  const { data, error } = tryParse(schema, value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const where = [path, ...[...place, ...(issue?.path ?? [])].map(String)].join(": ");
  throw notAScan(where, issue?.message ?? "it is something else", error);
}

function notWhole(path: string, cause?: unknown): InputError {
  return notAScan(path, whyNoJson(cause, "it is not whole JSON"), cause);
}

function notAScan(place: string, problem: string, cause: unknown): InputError {
  const remedy = "Give a file that was written by `warden scan --output json`.";
  return new InputError({ place, problem, remedy, cause });
}
