import { type Glance, ignoredAtAGlance } from "@bucket-warden/core/event";

/**
 * Why a record leads to nothing, told from its bytes alone, which spares the parsing of nearly all;
 * undefined where it has to be parsed: whenever anything about it is unusual.
 */
export function ignoredUnparsed(record: Buffer): string | undefined {
  // In another spelling, or twice, a member may not mean what it seems to.
  if (record.includes("\\u00")) return undefined;
  const eventSource = textOf(record, names.eventSource);
  if (eventSource === undefined) return undefined;
  const eventName = textOf(record, names.eventName);
  const eventType = textOf(record, names.eventType);
  const readOnly = textOf(record, names.readOnly);
  if (eventName === undefined || eventType === undefined || readOnly === undefined)
    return undefined;
  const glance: Glance = { eventSource, eventName, eventType, readOnly: readOnly === "true" };
  return ignoredAtAGlance(glance);
}

const names = {
  eventSource: Buffer.from('"eventSource"'),
  eventName: Buffer.from('"eventName"'),
  eventType: Buffer.from('"eventType"'),
  readOnly: Buffer.from('"readOnly"'),
} as const;

const [quote, backslash, colon, space] = [0x22, 0x5c, 0x3a, 0x20] as const;
const longest = 128;

/** The text, or truth value, of the only member of this name; undefined in every other case. */
function textOf(record: Buffer, name: Buffer): string | undefined {
  const found = record.indexOf(name);
  if (found === -1 || record.indexOf(name, found + name.length) !== -1) return undefined;
  let at = found + name.length;
  while (record[at] === colon || record[at] === space) at += 1;
  if (record[at] !== quote) return wordAt(record, at);
  const end = record.indexOf(quote, at + 1);
  if (end === -1 || end - at > longest || record[end - 1] === backslash) return undefined;
  return record.toString("latin1", at + 1, end);
}

function wordAt(record: Buffer, at: number): string | undefined {
  const word = record.toString("latin1", at, at + 5);
  if (word.startsWith("true")) return "true";
  return word === "false" ? word : undefined;
}
