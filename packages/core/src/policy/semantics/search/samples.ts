import {
  type FamilyName,
  type IpRange,
  instantOf,
  ipRangeOf,
  numberOf,
} from "../../operators/index.ts";

/**
 * Values between which the operators of one family cannot tell apart any others: one for each region
 * into which the constants of a policy cut the axis.
 */
export function samplesFor(
  family: Exclude<FamilyName, "string" | "arn" | "null">,
  constants: readonly string[],
): readonly string[] {
  switch (family) {
    case "bool":
      return ["true", "false"];
    case "numeric":
      return numbers(constants);
    case "date":
      return dates(constants);
    case "ip":
      return addresses(constants);
    case "binary":
      return [...constants, "AA=="];
  }
}

function numbers(constants: readonly string[]): readonly string[] {
  const known = constants.map(numberOf).filter((value) => typeof value === "number");
  const asWritten = new Map(constants.map((text) => [numberOf(text), text]));
  // What lies between two neighbours needs a few more digits than they have.
  return axis(known, 1).map(
    (value) => asWritten.get(value) ?? String(Number(value.toPrecision(14))),
  );
}

const SECOND = 1000;

function dates(constants: readonly string[]): readonly string[] {
  const known = constants.map(instantOf).filter((value) => typeof value === "number");
  return axis(known, SECOND).map((value) => new Date(Math.floor(value)).toISOString());
}

/** Each constant, something between two neighbours, and something beyond both ends. */
function axis(constants: readonly number[], unit: number): readonly number[] {
  const sorted = [...new Set(constants)].sort((a, b) => a - b);
  const points = sorted.flatMap((value, place) => {
    const next = sorted[place + 1];
    return next === undefined ? [value, value + unit] : [value, between(value, next)];
  });
  const first = sorted[0];
  return first === undefined ? [0] : [first - unit, ...points];
}

/** A whole number where there is one: it reads better, and some keys have no others. */
function between(low: number, high: number): number {
  const middle = (low + high) / 2;
  const whole = Math.floor(middle);
  return whole > low ? whole : middle;
}

/** Addresses kept for documentation, so that a witness reads well; then the first of every region. */
function addresses(constants: readonly string[]): readonly string[] {
  const ranges = constants.map(ipRangeOf).filter((range) => range !== undefined);
  const boundaries = [...startsOf(ranges, 32).map(v4Text), ...startsOf(ranges, 128).map(v6Text)];
  return ["203.0.113.7", "198.51.100.7", ...boundaries];
}

/** Where ranges of this length begin, and what follows them; behind the last address comes the first. */
function startsOf(ranges: readonly IpRange[], bits: 32 | 128): readonly bigint[] {
  const cuts = ranges
    .filter((range) => range.bits === bits)
    .flatMap(({ address, prefix }) => {
      const size = 1n << BigInt(bits - prefix);
      const start = (address / size) * size;
      return [start, start + size];
    });
  return [...cuts, 0n];
}

function v4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join(".");
}

function v6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, place) => {
    const shift = BigInt(16 * (7 - place));
    return ((address >> shift) & 0xffffn).toString(16);
  });
  return groups.join(":");
}
