import { printable } from "@bucket-warden/core/kernel";
import { type Counts, type VerdictKind, verdictKinds } from "@bucket-warden/core/rehearse";
import { print, printTable } from "../terminal.ts";
import type { Result } from "./rehearsal.ts";
import type { ReplaySummary } from "./replay.ts";

/** Prints what the records are, and what each baseline would have made of them. */
export function printReplay(summary: ReplaySummary, results: readonly Result[]): void {
  printRecords(summary);
  for (const result of results) printResult(result);
  const [one, other] = results;
  if (one !== undefined && other !== undefined) printDifference(one, other);
}

function printRecords(summary: ReplaySummary): void {
  const { files, records, reconciled, resources, alarms, late } = summary;
  print(
    `${records} records in ${files.read} files: ${reconciled} would start a reconcile of ${resources.length} resources, ${alarms} would raise an alarm`,
  );
  printTable("Would raise an alarm", summary.byAlarm);
  printTable("Would start a reconcile", summary.byEvent);
  const { copies } = summary;
  const again = copies === 0 ? {} : { "another copy of a record that is counted above": copies };
  printTable("Ignored", { ...summary.ignored, ...again });
  printTable("Files that are no logs", files.skipped);
  if (late > 0) print(`\n${late} calls came so late that later ones had gone before them`);
  printUnreadable(summary);
}

function printUnreadable(summary: ReplaySummary): void {
  const { unreadable, unreadableFiles, unreadableRecords } = summary;
  const all = unreadableFiles + unreadableRecords;
  if (all === 0) return;
  print(`\nCould not be read: ${unreadableFiles} files, ${unreadableRecords} records`);
  for (const { place, problem } of unreadable)
    print(`  ${printable(place)}: ${printable(problem)}`);
  if (all > unreadable.length) print(`  and ${all - unreadable.length} more`);
}

function printResult(result: Result): void {
  const { baseline, reconciles, own, mail, digests, given } = result;
  print(`\nUnder ${printable(baseline)}`);
  print(
    `  ${reconciles} reconciles, ${sumOf(result.writes)} writes, ${tell(mail.messages, digests)}`,
  );
  if (own > 0) print(`  ${own} calls were the Warden's own, which were followed and not answered`);
  printCounts("By control", result.byControl);
  printCounts("By bucket", result.byResource);
  printCounts("By caller", result.byActor);
  printCounts("By day", result.byDay);
  printTable("Would have been written", result.writes);
  printTable("Would have been told", mail.byNotice);
  if (Object.keys(mail.byDestination).length > 1) {
    printTable("Messages by destination", mail.byDestination);
  }
  if (given.length === 0) return;
  print("\nTaken as given, because no log tells it");
  for (const it of given) print(`  ${printable(it)}`);
}

function tell(messages: number, digests: number): string {
  const many = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  return `${many(messages, "message")} and ${many(digests, "daily digest")}`;
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, it) => sum + it, 0);
}

/** More rows than people read; all of them are in the JSON. */
const mostRows = 20;

const titles: Readonly<Record<VerdictKind, string>> = {
  changed: "changed",
  flagged: "flagged",
  approval: "asks first",
  blocked: "blocked",
  contested: "contested",
  held: "over budget",
  waived: "waived",
  undecided: "undecided",
  unknown: "unknown",
};

/** A table with the columns that hold anything. */
function printCounts(title: string, counts: Readonly<Record<string, Counts>>): void {
  const rows = Object.entries(counts);
  const kinds = verdictKinds.filter((kind) => rows.some(([, it]) => it[kind] > 0));
  if (kinds.length === 0) return;
  const widths = kinds.map((kind) => titles[kind].length);
  const cells = (texts: readonly string[]) =>
    texts.map((text, column) => text.padStart(widths[column] ?? 0)).join("  ");
  print(`\n${title}`);
  print(`  ${cells(kinds.map((kind) => titles[kind]))}`);
  for (const [name, count] of rows.slice(0, mostRows)) {
    const numbers = kinds.map((kind) => (count[kind] === 0 ? "." : String(count[kind])));
    print(`  ${cells(numbers)}  ${printable(name)}`);
  }
  if (rows.length > mostRows) print(`  and ${rows.length - mostRows} more, which --json has`);
}

/** What one baseline would have done otherwise than the other, by control. */
function printDifference(one: Result, other: Result): void {
  print(`\nFrom ${printable(other.baseline)} to ${printable(one.baseline)}`);
  const controls = [...new Set([...Object.keys(one.byControl), ...Object.keys(other.byControl)])];
  const lines = controls.flatMap((control) =>
    verdictKinds.flatMap((kind) => {
      const [now, then] = [one, other].map(({ byControl }) => byControl[control]?.[kind] ?? 0);
      return now === then ? [] : [`  ${control}: ${titles[kind]} ${then} -> ${now}`];
    }),
  );
  if (one.mail.messages !== other.mail.messages) {
    lines.push(`  messages ${other.mail.messages} -> ${one.mail.messages}`);
  }
  for (const line of lines.length === 0 ? ["  no difference"] : lines) print(line);
}
