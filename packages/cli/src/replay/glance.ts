import { type Glance, ignoredAtAGlance } from "@bucket-warden/core/event";

/**
 * Why a record leads to nothing, told from its bytes alone, which spares the parsing of nearly all;
 * undefined where it has to be parsed: whenever anything about it is unusual.
 */
export function ignoredUnparsed(record: Buffer): string | undefined {
  // Whatever is compared has letters of ASCII alone, which are the same here.
  const { eventSource, eventName, eventType, readOnly } =
    membersIn(record.toString("latin1")) ?? {};
  if (eventSource === undefined || eventName === undefined) return undefined;
  if (eventType === undefined || readOnly === undefined) return undefined;
  const glance: Glance = { eventSource, eventName, eventType, readOnly: readOnly === "true" };
  return ignoredAtAGlance(glance);
}

type Name = keyof Glance;

/** Letters in another spelling, and the names, all in one pass: that is a fourth of the price of one each. */
const looked = /\\u00|"(eventSource|eventName|eventType|readOnly)"/g;

/** Undefined where a member may not mean what it seems to: it is spelt in another way, or there twice. */
function membersIn(record: string): Partial<Record<Name, string>> | undefined {
  const members: Partial<Record<Name, string>> = {};
  looked.lastIndex = 0;
  for (let found = looked.exec(record); found !== null; found = looked.exec(record)) {
    const name = found[1] as Name | undefined; // as the expression has them
    if (name === undefined || name in members) return undefined;
    const text = textAfter(record, looked.lastIndex);
    if (text === undefined) return undefined;
    members[name] = text;
  }
  return members;
}

const longest = 128;

/** The text, or truth value, of the member whose name ends there; undefined for any other value. */
function textAfter(record: string, end: number): string | undefined {
  let at = end;
  while (record[at] === ":" || record[at] === " ") at += 1;
  if (record.startsWith("true", at)) return "true";
  if (record.startsWith("false", at)) return "false";
  if (record[at] !== '"') return undefined;
  const last = record.indexOf('"', at + 1);
  if (last === -1 || last - at > longest || record[last - 1] === "\\") return undefined;
  return record.slice(at + 1, last);
}
