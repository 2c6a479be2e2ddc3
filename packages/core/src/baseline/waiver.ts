import * as z from "zod";
import { dayMilliseconds } from "../kernel/clock.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { ResourceRef } from "../model/ref.ts";
import { wildcardMatches } from "../policy/index.ts";
import { accountId } from "./account-id.ts";
import type { ControlId } from "./baseline.ts";
import { type Problem, problemOf } from "./problem.ts";

/** Drift that a person accepts for some time. */
export interface Waiver {
  /** Name patterns (`*`, `?`) of buckets. When left out, all that the accounts have is meant. */
  readonly buckets?: readonly string[] | undefined;
  /** Any account when left out; one of the two must be there. */
  readonly accounts?: readonly string[] | undefined;
  readonly controls: readonly ControlId[];
  readonly reason: string;
  readonly approver: string;
  readonly ticket?: string | undefined;
  /** The day of the approval, e.g. `2026-11-21`, or the moment; it holds from then on. */
  readonly approved: string;
  /** The last day on which it holds, in UTC, or the moment at which it ends. */
  readonly expires: string;
}

/** A waiver that cannot be used. Where it may have been meant, nothing is written. */
export interface InvalidWaiver {
  /** Its place in the list, from 0. */
  readonly index: number;
  readonly problems: readonly WaiverProblem[];
  /** Those parts that could be read; what could not may mean anything. */
  readonly buckets?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly controls?: readonly string[] | undefined;
}

type WaiverProblem = Pick<Problem, "path" | "problem">;

export interface Waivers {
  readonly valid: readonly Waiver[];
  readonly invalid: readonly InvalidWaiver[];
}

/**
 * Whether drift of a control on a resource is waived. `lapsed`: it was, until this waiver ended.
 * `unsure`: a waiver that cannot be used may have meant it.
 */
export type Cover =
  | { readonly kind: "none"; readonly lapsed?: Waiver }
  | { readonly kind: "waived"; readonly waiver: Waiver }
  | { readonly kind: "unsure"; readonly why: string };

/** Milliseconds since 1970 at which a waiver stops to hold: its moment, or the end of its last day. */
export function endOf({ expires }: Waiver): number {
  const isDay = expires.length === "2026-11-21".length;
  return Date.parse(expires) + (isDay ? dayMilliseconds : 0);
}

/**
 * The next moment after `now` at which a waiver that means the resource begins, nears its end or ends;
 * undefined where none does. Both in milliseconds since 1970.
 */
export function nextTurn(waivers: Waivers, ref: ResourceRef, now: number): number | undefined {
  const turns = waiversOn(waivers, ref).valid.flatMap((waiver) => {
    const end = endOf(waiver);
    const nearing = nearingDays.map((days) => end - days * dayMilliseconds);
    return [Date.parse(waiver.approved), ...nearing, end];
  });
  const next = Math.min(...turns.filter((turn) => turn > now));
  return Number.isFinite(next) ? next : undefined;
}

/** People are told so many days before a waiver ends. */
export const nearingDays = [7, 1] as const;

/** `now` in milliseconds since 1970. */
export function coverOf(
  { valid, invalid }: Waivers,
  {
    control,
    ref,
    now,
  }: { readonly control: string; readonly ref: ResourceRef; readonly now: number },
): Cover {
  const meant = valid.filter((it) => means(it, control, ref));
  const waiver = meant.find((it) => isInForce(it, now));
  if (waiver !== undefined) return { kind: "waived", waiver };
  const broken = invalid.find((it) => means(it, control, ref));
  if (broken !== undefined) return { kind: "unsure", why: whyUnsure(broken) };
  const lapsed = meant.findLast((it) => endOf(it) <= now);
  return lapsed === undefined ? { kind: "none" } : { kind: "none", lapsed };
}

/** The waivers that mean a resource at any time, for whatever controls. */
export function waiversOn({ valid, invalid }: Waivers, ref: ResourceRef): Waivers {
  return {
    valid: valid.filter((it) => meansResource(it, ref)),
    invalid: invalid.filter((it) => meansResource(it, ref)),
  };
}

function isInForce(waiver: Waiver, now: number): boolean {
  return Date.parse(waiver.approved) <= now && now < endOf(waiver);
}

type Meant = Pick<InvalidWaiver, "buckets" | "accounts" | "controls">;

function means(it: Meant, control: string, ref: ResourceRef): boolean {
  return meansResource(it, ref) && (it.controls === undefined || it.controls.includes(control));
}

function meansResource({ buckets, accounts }: Meant, ref: ResourceRef): boolean {
  if (accounts !== undefined && !accounts.includes(ref.account)) return false;
  if (buckets === undefined) return true;
  return ref.kind === "bucket" && buckets.some((it) => wildcardMatches(it, ref.name));
}

function whyUnsure({ index, problems }: InvalidWaiver): string {
  const [first] = problems;
  const path = [index, ...(first?.path ?? [])].join(".");
  return `a waiver that may mean it cannot be used (waivers.${path}: ${first?.problem ?? "invalid"})`;
}

const names = z.array(z.string().min(1)).min(1);
const text = z.string().trim().min(1);

/** One waiver as written. `ids` are the controls that exist. */
export function waiverSchema(ids: readonly ControlId[]) {
  return z.strictObject({
    buckets: names.optional(),
    accounts: z.array(accountId).min(1).optional(),
    controls: z.array(z.enum(ids)).min(1),
    reason: text,
    approver: text,
    ticket: text.optional(),
    approved: z.iso.date("is not a day, e.g. 2026-11-21"),
    expires: z.iso.date("is not a day, e.g. 2026-11-21"),
  });
}

/** Sorts waivers into those that can be used and those that cannot: none is lost, none is guessed. */
export function readWaivers(
  input: readonly unknown[],
  { ids, longestDays }: { readonly ids: readonly ControlId[]; readonly longestDays: number },
): Waivers {
  const schema = waiverSchema(ids);
  const valid: Waiver[] = [];
  const invalid: InvalidWaiver[] = [];
  for (const [index, written] of input.entries()) {
    const parsed = tryParse(schema, written);
    const problems = parsed.success
      ? problemsOf(parsed.data, longestDays)
      : parsed.error.issues.map((issue) => problemOf(issue, () => Object.keys(schema.shape)));
    if (parsed.success && problems.length === 0) valid.push(parsed.data);
    else invalid.push({ index, problems, ...readableParts(written, ids) });
  }
  return { valid, invalid };
}

function problemsOf(
  { buckets, accounts, approved, expires }: Waiver,
  longestDays: number,
): readonly WaiverProblem[] {
  if (buckets === undefined && accounts === undefined) {
    return [{ path: ["buckets"], problem: "is missing, and so is accounts: name one of them" }];
  }
  const days = (Date.parse(expires) - Date.parse(approved)) / dayMilliseconds;
  if (days < 0) return [{ path: ["expires"], problem: `is before the approval on ${approved}` }];
  if (days <= longestDays) return [];
  const problem = `is ${days} days after the approval, and limits.waiverDays allows ${longestDays}`;
  return [{ path: ["expires"], problem }];
}

function readableParts(written: unknown, ids: readonly ControlId[]): Meant {
  if (typeof written !== "object" || written === null) return {};
  const schema = waiverSchema(ids).shape;
  const parts = ["buckets", "accounts", "controls"] as const;
  const read = parts.flatMap((part) => {
    const given: unknown = Reflect.get(written, part);
    const { data } = tryParse(schema[part], given);
    return data === undefined ? [] : [[part, data] as const];
  });
  return Object.fromEntries(read);
}
