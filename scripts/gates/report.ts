import type { GateResult } from "./run-gates.ts";

/** One line for a gate: verdict, name, time, what was seen. */
export function lineOf({ gate, verdict, milliseconds }: GateResult): string {
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  const mark = verdict.kind === "green" ? "ok  " : "FAIL";
  return `${mark}  ${gate.name.padEnd(8)}${time.padStart(7)}  ${gate.by}: ${verdict.saw}`;
}

/** The full output of the gates that failed, then how it ended. */
export function closingOf(results: readonly GateResult[], left: readonly string[]): string {
  const failed = results.flatMap(({ gate, verdict }) =>
    verdict.kind === "red" ? [{ name: gate.name, output: verdict.output }] : [],
  );
  const outputs = failed.map(({ name, output }) => `\n=== ${name}\n${output}\n`);
  const skipped = left.length === 0 ? "" : ` (left out: ${left.join(", ")})`;
  const passed = results.length - failed.length;
  return [...outputs, `${passed} passed, ${failed.length} failed${skipped}`].join("\n");
}
