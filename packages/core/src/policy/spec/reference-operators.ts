import { both, certainly, type Possible } from "./possible.ts";
import type { Resolved } from "./reference-text.ts";

/**
 * Whether one value of a condition matches one value of the request; `malformed` when either is not
 * of the operator's type. For negated operators this is the question whose answer must be no.
 */
export type Answer = Possible | "malformed";

/** The operators of facts about conditions: name without Not, and how its values compare. */
export function compare(name: string, wanted: Resolved, actual: string): Answer | undefined {
  switch (name) {
    case "StringEquals":
      return certainly(wanted.text === actual);
    case "StringEqualsIgnoreCase":
      return ignoringCase(wanted.text, actual);
    case "StringLike":
      return certainly(wanted.pattern.test(actual));
    case "NumericEquals":
    case "NumericLessThan":
    case "NumericLessThanEquals":
    case "NumericGreaterThan":
    case "NumericGreaterThanEquals":
      return ordered(name.slice("Numeric".length), decimal(wanted.text), decimal(actual));
    case "DateEquals":
    case "DateLessThan":
    case "DateLessThanEquals":
    case "DateGreaterThan":
    case "DateGreaterThanEquals":
      return ordered(name.slice("Date".length), moment(wanted.text), moment(actual));
    case "Bool":
      return truth(wanted.text, actual);
    case "BinaryEquals":
      return bytes(wanted.text, actual);
    case "IpAddress":
      return address(wanted.text, actual);
    case "ArnEquals":
    case "ArnLike":
      return arn(wanted, actual);
    default:
      return undefined;
  }
}

function ignoringCase(wanted: string, actual: string): Answer {
  const ascii = (text: string): string =>
    [...text].map((one) => (one >= "A" && one <= "Z" ? one.toLowerCase() : one)).join("");
  if (ascii(wanted) === ascii(actual)) return certainly(true);
  return wanted.toLowerCase() === actual.toLowerCase() ? both : certainly(false);
}

/** A place on a line, or why there is none. */
type Point = bigint | "malformed" | "doubtful";

function ordered(relation: string, wanted: Point, actual: Point): Answer {
  if (wanted === "malformed" || actual === "malformed") return "malformed";
  if (wanted === "doubtful" || actual === "doubtful") return both;
  const relations: Readonly<Record<string, boolean>> = {
    Equals: actual === wanted,
    LessThan: actual < wanted,
    LessThanEquals: actual <= wanted,
    GreaterThan: actual > wanted,
    GreaterThanEquals: actual >= wanted,
  };
  return certainly(relations[relation] === true);
}

/** Decimals as whole numbers of 10^-15. */
function decimal(text: string): Point {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?([eE][+-]?[0-9]+)?$/.exec(text);
  if (parts === null) return "malformed";
  const [, sign, whole = "", fraction = "", exponent] = parts;
  if (exponent !== undefined || whole.length + fraction.length > 15) return "doubtful";
  const scaled = BigInt(whole + fraction.padEnd(15, "0"));
  return sign === "-" ? -scaled : scaled;
}

/** Milliseconds since 1970. */
function moment(text: string): Point {
  if (/^[0-9]{5,11}$/.test(text)) return BigInt(text) * 1000n;
  if (/^[0-9]+(\.[0-9]+)?$/.test(text) || /^[0-9]{4}-[0-9]{2}$/.test(text)) return "doubtful";
  const shape = /^(....-..-..)(?:T(..:..)(?::(..)(?:\.([0-9]+))?)?(Z|[+-]..:..)?)?$/.exec(text);
  if (shape === null) return "malformed";
  const [, day = "", clock, second = "00", fraction = "0", zone] = shape;
  const days = daysSince1970(day);
  const time = millisecondsOfDay(clock ?? "00:00", second, fraction);
  const offset = offsetOf(zone ?? "Z");
  if (days === undefined || time === undefined || offset === undefined) return "malformed";
  if ((clock !== undefined && zone === undefined) || fraction.length > 3) return "doubtful";
  return BigInt(days) * 86_400_000n + BigInt(time) - BigInt(offset) * 60_000n;
}

function daysSince1970(text: string): number | undefined {
  const [year, month, day] = fields(text, "-");
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;
}

/** A day ends at 24:00, and not a millisecond later. */
function millisecondsOfDay(clock: string, second: string, fraction: string): number | undefined {
  const [hours, minutes] = fields(clock, ":");
  const [seconds] = fields(second, ":");
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  const millis = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
  return minutes > 59 || seconds > 59 || total > 86_400_000 ? undefined : total;
}

function fields(text: string, separator: string): readonly (number | undefined)[] {
  return text.split(separator).map((one) => (/^[0-9]+$/.test(one) ? Number(one) : undefined));
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours, minutes] = fields(zone.slice(1), ":");
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function truth(wanted: string, actual: string): Answer {
  if (wanted.includes("${")) return both;
  const words = ["true", "false"];
  const [left, right] = [wanted.toLowerCase(), actual.toLowerCase()];
  if (!words.includes(left) || !words.includes(right)) return "malformed";
  return certainly(left === right);
}

function bytes(wanted: string, actual: string): Answer {
  const [left, right] = [bitsOfBase64(wanted), bitsOfBase64(actual)];
  return left === undefined || right === undefined ? "malformed" : certainly(left === right);
}

function bitsOfBase64(text: string): string | undefined {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const data = text.replace(/={0,2}$/, "");
  const values = [...data].map((one) => alphabet.indexOf(one));
  if (text.length % 4 !== 0 || values.includes(-1)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(6, "0")).join("");
  return bits.slice(0, bits.length - (bits.length % 8));
}

function address(wanted: string, actual: string): Answer {
  const [network = "", length, ...more] = wanted.split("/");
  const [range, host] = [bitsOfAddress(network), bitsOfAddress(actual)];
  if (range === undefined || host === undefined || more.length > 0) return "malformed";
  const shown = length ?? String(range.length);
  if (!/^(0|[1-9][0-9]*)$/.test(shown) || Number(shown) > range.length) return "malformed";
  const mapped = `${"0".repeat(80)}${"1".repeat(16)}`;
  if ([range, host].some((bits) => bits.length === 128 && bits.startsWith(mapped))) return both;
  const prefix = range.slice(0, Number(shown));
  return certainly(range.length === host.length && host.startsWith(prefix));
}

/** 32 or 128 binary digits. */
function bitsOfAddress(text: string): string | undefined {
  const four = bitsOfFour(text);
  if (four !== undefined || !text.includes(":")) return four;
  const tail = bitsOfFour(text.slice(text.lastIndexOf(":") + 1));
  const head = tail === undefined ? text : text.slice(0, text.lastIndexOf(":") + 1);
  const low = tail === undefined ? "" : `${group(tail.slice(0, 16))}:${group(tail.slice(16))}`;
  const halves = (head + low).split("::");
  const [left = [], right = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const zeros = 8 - left.length - right.length;
  if (halves.length > 2 || (halves.length === 2 ? zeros < 1 : zeros !== 0)) return undefined;
  const groups = [...left, ...Array<string>(halves.length === 2 ? zeros : 0).fill("0"), ...right];
  if (!groups.every((one) => /^[0-9a-f]{1,4}$/i.test(one))) return undefined;
  return groups.map((one) => Number.parseInt(one, 16).toString(2).padStart(16, "0")).join("");
}

function bitsOfFour(text: string): string | undefined {
  const numbers = text.split(".");
  const fine = numbers.every((one) => String(Number(one)) === one && Number(one) <= 255);
  if (numbers.length !== 4 || !fine || !/^[0-9.]+$/.test(text)) return undefined;
  return numbers.map((one) => Number(one).toString(2).padStart(8, "0")).join("");
}

function group(bits: string): string {
  return Number.parseInt(bits, 2).toString(16);
}

function arn(wanted: Resolved, actual: string): Answer {
  if (wanted.text === "*" && wanted.pattern.test("anything")) return both;
  const parts = actual.split(":");
  if (parts[0] !== "arn" || parts.length < 6 || wanted.text.split(":").length < 6)
    return "malformed";
  const six = [...parts.slice(0, 5), parts.slice(5).join(":")];
  return certainly(six.every((part, place) => wanted.parts[place]?.test(part) === true));
}
