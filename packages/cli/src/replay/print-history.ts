import { printable } from "@bucket-warden/core/kernel";
import { print } from "../terminal.ts";
import type { Moment } from "./history.ts";

const widest = 160;

/** Prints what happened to one bucket, and what the Warden would have made of it. */
export function printHistory(
  moments: readonly Moment[],
  { json, bucket = "" }: { readonly json?: boolean; readonly bucket?: string },
): void {
  if (json === true) {
    print(JSON.stringify({ bucket, moments }));
    return;
  }
  if (moments.length === 0) print(`No record is about ${printable(bucket)}.`);
  for (const line of moments.flatMap(linesOf)) print(line);
}

function linesOf(moment: Moment): readonly string[] {
  if (moment.kind === "verdict") {
    const { at, control, verdict, summary } = moment;
    return [`${second(at)}    ${verdict.padEnd(9)} ${control}: ${short(summary)}`];
  }
  const { at, eventName, actor, isOwn, left } = moment;
  const own = isOwn ? " (the Warden itself)" : "";
  const facets = Object.entries(left).map(
    ([facet, text]) => `${" ".repeat(24)}${facet}: ${short(text)}`,
  );
  return [`${second(at)}  ${printable(eventName)} by ${printable(actor)}${own}`, ...facets];
}

/** To the second, as CloudTrail has it. */
function second(at: string): string {
  return printable(at.replace(/\.\d+Z$/, "Z"));
}

function short(text: string): string {
  const line = printable(text);
  return line.length <= widest ? line : `${line.slice(0, widest)}…`;
}
