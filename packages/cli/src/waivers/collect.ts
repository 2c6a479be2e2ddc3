import { parseBaseline } from "@bucket-warden/core/baseline";
import { InputError } from "@bucket-warden/core/kernel";
import { parseRegion } from "@bucket-warden/core/model";
import { ledgerIn } from "@bucket-warden/core/record";
import { findBaseline } from "../baseline/find.ts";
import { readSource } from "../baseline/source.ts";
import { bucketsIn, folderTable } from "../ledger/folder-table.ts";
import { type ListedWaiver, listed, listedInvalid, type Moment } from "./listed.ts";

export interface WaiverSources {
  /** The file; the one of this folder when left out. */
  readonly baseline?: string;
  /** Those that are kept in this folder count as well. */
  readonly ledger?: string;
  /** How near the end counts as soon, e.g. `7d`. */
  readonly within: string;
}

/** Every waiver there is, at the time `now` in milliseconds since 1970. Throws InputError. */
export async function collectWaivers(
  { baseline, ledger, within }: WaiverSources,
  now: number,
): Promise<readonly ListedWaiver[]> {
  const moment = { now, within: parseSpan(within) };
  return [
    ...(await waiversOfBaseline(baseline, moment)),
    ...(ledger === undefined ? [] : await waiversOfLedger(ledger, moment)),
  ];
}

/** Those of the baseline in their order, the ones that cannot be used among them. Throws InputError. */
export async function waiversOfBaseline(
  given: string | undefined,
  moment: Moment,
): Promise<readonly ListedWaiver[]> {
  const file = findBaseline(given);
  const { input, where } = await readSource(file);
  const { valid, invalid } = parseBaseline(input, file).waivers;
  const placeOf = (index: number) => where(["waivers", index]);
  const broken = new Map(invalid.map((it) => [it.index, it]));
  const usable = valid.values();
  return Array.from({ length: valid.length + invalid.length }, (_, index) => {
    const one = broken.get(index);
    if (one !== undefined) return listedInvalid(one, placeOf(index));
    const { value } = usable.next();
    if (value === undefined) throw new Error("as many waivers as there are");
    return listed(value, placeOf(index), moment);
  });
}

/** Those that people gave by hand, or that undoing something left, on buckets of a ledger in a folder. */
export async function waiversOfLedger(
  folder: string,
  moment: Moment,
): Promise<readonly ListedWaiver[]> {
  const ledger = ledgerIn(folderTable(folder));
  const found: ListedWaiver[] = [];
  for (const { account, name } of await bucketsIn(folder)) {
    const region = parseRegion("us-east-1", "--ledger"); // no part of the place of a bucket in a ledger
    const kept = await ledger.waivers({ kind: "bucket", name, account, region });
    found.push(...kept.map(({ id, waiver }) => listed(waiver, `${folder}: ${id}`, moment)));
  }
  return found;
}

/** `7d` or `12h` in milliseconds. Throws InputError. */
export function parseSpan(text: string): number {
  const [, count, unit] = /^(\d{1,4})([dh])$/.exec(text) ?? [];
  if (count === undefined) {
    throw new InputError({
      place: `--within ${text}`,
      problem: "it is no time",
      remedy: "Give days or hours, e.g. 7d or 12h.",
    });
  }
  return Number(count) * (unit === "d" ? 24 : 1) * 60 * 60 * 1_000;
}
