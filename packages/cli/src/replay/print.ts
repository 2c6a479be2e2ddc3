import { printable } from "@bucket-warden/core/kernel";
import { type Counts, type VerdictKind, verdictKinds } from "@bucket-warden/core/rehearse";
import { print, printTable } from "../terminal.ts";
import type { Standing } from "./live.ts";
import type { Result } from "./rehearsal.ts";
import type { ReplaySummary } from "./replay.ts";

/** Prints what the records are, and what each baseline would have made of them. */
export function printReplay(
  summary: ReplaySummary,
  results: readonly Result[],
  standing?: readonly Standing[],
): void {
  printRecords(summary);
  for (const result of results) printResult(result);
  const [one, other] = results;
  if (one !== undefined && other !== undefined) printDifference(one, other);
  if (standing !== undefined) printStanding(standing);
}

const stands: Readonly<Record<Standing["now"], string>> = {
  stands: "still stands",
  right: "right by now",
  waived: "waived",
  gone: "gone",
  unknown: "not known",
};

/** What became of the drift that the log shows. */
function printStanding(standing: readonly Standing[]): void {
  print(
    `\nOf the drift in the log, as it is now${standing.length === 0 ? ": there was none" : ""}`,
  );
  for (const { now, resource, control, says } of standing) {
    print(`  ${stands[now].padEnd(12)}  ${printable(resource)}  ${control}: ${printable(says)}`);
  }
}

function printRecords(summary: ReplaySummary): void {
  const { files, records, reconciled, resources, alarms, late } = summary;
  const read = `${many(records, "record")} in ${many(files.read, "file")}`;
  const about = many(resources.length, "resource");
  print(
    `${read}: ${reconciled} would start a reconcile of ${about}, ${alarms} would raise an alarm`,
  );
  printTable("Would raise an alarm", summary.byAlarm);
  printTable("Would start a reconcile", summary.byEvent);
  const { copies } = summary;
  const again = copies === 0 ? {} : { "another copy of a record that is counted above": copies };
  printTable("Ignored", { ...summary.ignored, ...again });
  printTable("Files that are no logs", files.skipped);
  if (late > 0) print(`\n${many(late, "call")} came so late that later ones had gone before`);
  printUnreadable(summary);
}

function printUnreadable(summary: ReplaySummary): void {
  const { unreadable, unreadableFiles, unreadableRecords } = summary;
  const all = unreadableFiles + unreadableRecords;
  if (all === 0) return;
  const what = `${many(unreadableFiles, "file")}, ${many(unreadableRecords, "record")}`;
  print(`\nCould not be read: ${what}`);
  for (const { place, problem } of unreadable)
    print(`  ${printable(place)}: ${printable(problem)}`);
  if (all > unreadable.length) print(`  and ${all - unreadable.length} more`);
}

function printResult(result: Result): void {
  const { baseline, reconciles, own, mail, digests, given } = result;
  print(`\nUnder ${printable(baseline)}`);
  const told = `${many(mail.messages, "message")} and ${many(digests, "daily digest")}`;
  print(`  ${many(reconciles, "reconcile")}, ${many(sumOf(result.writes), "write")}, ${told}`);
  if (own > 0) print(`  ${many(own, "call")} of the Warden itself, followed and not answered`);
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

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
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
