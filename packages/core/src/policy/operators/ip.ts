import type { BaseOperator, Comparison } from "./family.ts";
import { type Operand, textOf } from "./operand.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress */
export const ipOperators: readonly BaseOperator[] = [
  { name: "IpAddress", family: "ip", negated: false, variables: false, compare },
  { name: "NotIpAddress", family: "ip", negated: true, variables: false, compare },
];

/** An address with the number of its leading bits that count; a bare address counts whole. */
export interface IpRange {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

/** Reads `203.0.113.0/24`, `2001:db8::/32` or one address; `undefined` when it is none of them. */
export function ipRangeOf(text: string): IpRange | undefined {
  // Stryker disable next-line StringLiteral: split() always gives a first piece
  const [address = "", prefix, ...rest] = text.split("/");
  const parsed = v4(address) ?? v6(address);
  if (parsed === undefined || rest.length > 0) return undefined;
  if (prefix === undefined) return { ...parsed, prefix: parsed.bits };
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > parsed.bits) return undefined;
  return { ...parsed, prefix: Number(prefix) };
}

/** Whether the range contains the address. Bits beyond the prefix do not count. */
function contains(range: IpRange, address: IpRange): boolean {
  if (range.bits !== address.bits) return false;
  const shift = BigInt(range.bits - range.prefix);
  return range.address >> shift === address.address >> shift;
}

type Address = Pick<IpRange, "bits" | "address">;

const MAPPED_V4 = 0xffffn;

function compare(wanted: Operand, actual: string): Comparison {
  const range = ipRangeOf(textOf(wanted));
  // A caller has one address, not a range of them.
  const address = actual.includes("/") ? undefined : ipRangeOf(actual);
  if (range === undefined || address === undefined) return "malformed";
  // Whether AWS takes ::ffff:203.0.113.1 for the IPv4 address is written nowhere.
  if (isMappedV4(range) || isMappedV4(address)) return "unknown";
  return contains(range, address) ? "yes" : "no";
}

/** Never true of IPv4, whose addresses end with bit 32. */
function isMappedV4({ address }: IpRange): boolean {
  return address >> 32n === MAPPED_V4;
}

function v4(text: string): Address | undefined {
  const parts = text.split(".");
  const real = parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  if (parts.length !== 4 || !real) return undefined;
  return { bits: 32, address: join(parts.map(BigInt), 8n) };
}

/** RFC 4291 §2.2: eight groups, one run of zeros as `::`, the last 32 bits perhaps in IPv4 form. */
function v6(text: string): Address | undefined {
  // Stryker disable next-line StringLiteral: split() always gives a first piece
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return undefined;
  const left = groups(head);
  const right = groups(tail ?? "");
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...Array.from({ length: Math.max(missing, 0) }, () => 0n), ...right];
  return { bits: 128, address: join(all, 16n) };
}

function groups(text: string): readonly bigint[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  // Stryker disable next-line StringLiteral: split() always gives a last piece
  const last = v4(parts.at(-1) ?? "");
  const hex = last === undefined ? parts : parts.slice(0, -1);
  if (!hex.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  const values = hex.map((part) => BigInt(`0x${part}`));
  return last === undefined ? values : [...values, last.address >> 16n, last.address & 0xffffn];
}

function join(parts: readonly bigint[], width: bigint): bigint {
  return parts.reduce((whole, part) => (whole << width) | part, 0n);
}
