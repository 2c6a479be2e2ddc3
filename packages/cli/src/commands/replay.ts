import { parseOwnResources } from "@bucket-warden/core/event";
import { printable } from "@bucket-warden/core/kernel";
import type { Command } from "commander";
import { guide } from "../guide.ts";
import { type ReplaySummary, replay } from "../replay/replay.ts";
import { print, printTable } from "../terminal.ts";

export function addReplay(program: Command): void {
  const command = program
    .command("replay")
    .summary("show what recorded CloudTrail calls would lead to")
    .description(
      "Reads CloudTrail log files and shows which records would start a reconcile, of what, which would raise an alarm, and why the others would not. Nothing is called and nothing is changed.",
    )
    .argument("<path>", "a log file (.json, .json.gz) or a folder of them")
    .option("--own <patterns>", "names and ARNs that belong to Bucket Warden", "bucket-warden*")
    .option("--json", "print one JSON object")
    .action(async (path: string, options: { json?: boolean; own: string }) => {
      const summary = await replay(path, parseOwnResources(options.own, "--own"));
      if (options.json === true) print(JSON.stringify(summary));
      else printSummary(summary);
      if (summary.unreadable.length > 0) process.exitCode = 1;
    });
  guide(command, {
    examples: ["warden replay ./logs", "warden replay trail.json.gz --json | jq .byEvent"],
    exitCodes: {
      0: "every file was read",
      1: "something could not be read (the rest was), or an error, which says what to do",
    },
  });
}

function printSummary(summary: ReplaySummary): void {
  const { records, reconciled, byEvent, resources, alarms, byAlarm, ignored, unreadable } = summary;
  print(
    `${records} records: ${reconciled} would start a reconcile of ${resources.length} resources, ${alarms} would raise an alarm`,
  );
  printTable("Would raise an alarm", byAlarm);
  printTable("Would start a reconcile", byEvent);
  if (resources.length > 0) print(`\nResources\n  ${resources.map(printable).join("\n  ")}`);
  printTable("Ignored", ignored);
  if (unreadable.length === 0) return;
  print("\nCould not be read");
  for (const { place, problem } of unreadable) print(`  ${printable(place)}: ${problem}`);
}
