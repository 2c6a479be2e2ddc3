import { hourMilliseconds } from "../kernel/clock.ts";
import type { Facet } from "../model/facets.ts";
import type { BucketRef } from "../model/ref.ts";
import type { Memory } from "./looks.ts";

/** When a sweep may leave out what it knows from before. */
export interface Trust {
  /** As in `SettledLook`. */
  readonly print: string;
  /** A bucket is looked at whole at least every so many hours. */
  readonly fullLookHours: number;
  /** Both ISO 8601: when this sweep began, and the one before. */
  readonly startedAt: string;
  readonly before?: string;
  /** Since when changes were noted without a break; looks of before that do not count. */
  readonly since?: string;
  /** The Regions in which events are heard. */
  readonly regions: readonly string[];
  /** As `Looks` has it. */
  readonly missed: ReadonlyMap<string, string>;
}

/**
 * After a change S3 may go on showing what was there before; so long it takes for versioning.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/manage-versioning-examples.html
 */
const settlingMilliseconds = 15 * 60_000;

/**
 * What a sweep has to look at on a bucket: all of it, only what no event tells, or nothing. Whatever is in
 * doubt is looked at. Two slices of one sweep come to the same answer, as long as nothing changed meanwhile:
 * a look that belongs to the sweep itself does not count.
 */
export function dueOf(
  { region }: Pick<BucketRef, "region">,
  { look, changedAt }: Memory,
  { print, fullLookHours, startedAt, before, since, regions, missed }: Trust,
): readonly Facet[] | "all" {
  if (look === undefined || before === undefined || !regions.includes(region)) return "all";
  if (since === undefined || look.startedAt < since) return "all";
  if (look.print !== print || look.region !== region) return "all";
  const now = Date.parse(startedAt);
  const lookedAt = Date.parse(look.startedAt);
  // The next sweep comes as long after this one as this one after the last, and must not come too late.
  const untilNext = now - Date.parse(before);
  const isOld = now + untilNext - lookedAt >= fullLookHours * hourMilliseconds;
  const isOver = look.until !== undefined && Date.parse(look.until) <= now;
  const isBehind = [changedAt, missed.get(region)].some(
    (at) => at !== undefined && Date.parse(at) + settlingMilliseconds >= lookedAt,
  );
  return lookedAt >= now || isOld || isOver || isBehind ? "all" : look.unheard;
}
