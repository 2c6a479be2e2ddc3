import { printable } from "@bucket-warden/core/kernel";
import { type Assessment, type Finding, type Look, resourceName } from "@bucket-warden/core/model";
import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import type { Format, FormatOptions, ScanEnd, ScanHead } from "./format.ts";
import { summaryLines } from "./summary.ts";
import { newTally } from "./tally.ts";
import { responseTo, sawText, witnessOf } from "./words.ts";

/** Readable lines are no longer than this, however wide the terminal is. */
const widest = 140;

/**
 * For people: under each resource that is not as it should be a row for each such finding, then a
 * summary by control. A resource that is compliant is counted and not shown.
 */
export function tableFormat({ color, width }: FormatOptions): Format {
  const tally = newTally();
  const colors = createColors(color);
  const page = { colors, width: width === undefined ? undefined : Math.min(width, widest) };
  return {
    head: (head) => joined([...headLines(head).map(colors.dim), ""]),
    look: (look) => {
      tally.add(look);
      return joined(lookLines(look, page));
    },
    end: (end) => joined([...summaryLines(tally, colors), ...endLines(end, page)]),
  };
}

type Colors = ReturnType<typeof createColors>;

interface Page {
  readonly colors: Colors;
  readonly width: number | undefined;
}

function headLines({ baseline, accounts, regions }: ScanHead): readonly string[] {
  const where = regions.length === 0 ? "every Region" : regions.join(", ");
  return [`baseline ${printable(baseline)}`, `looks at ${accounts.join(", ")} in ${where}`];
}

function lookLines(look: Look, page: Page): readonly string[] {
  const { gone, on, findings } = look;
  const shown = gone === true ? [] : findings.filter(({ assessment }) => isShown(assessment));
  if (shown.length === 0) return [];
  const { colors } = page;
  const name = printable(resourceName(on));
  const place = on.kind === "bucket" ? `  ${colors.dim(`${on.account}  ${on.region}`)}` : "";
  const title = `${colors.bold(name)}${place}`;
  return [title, ...shown.flatMap((finding) => findingLines(finding, look, page)), ""];
}

function isShown({ kind }: Assessment): boolean {
  return kind !== "compliant" && kind !== "not-applicable";
}

const verdictWidth = "undecided".length;

/** The verdict and the control in one line, and below, indented, what was seen and what would be done. */
function findingLines(finding: Finding, look: Look, page: Page): readonly string[] {
  const { control, assessment } = finding;
  const { colors } = page;
  const { word, why, next } = responseTo(finding, look);
  const verdict = paint(assessment.kind, colors)(assessment.kind.padEnd(verdictWidth));
  const response = word === "" ? "" : colors.dim(` → ${word}`);
  const witness = witnessOf(assessment);
  const said = [
    sawText(assessment),
    ...(witness === undefined ? [] : [`for example: ${witness}`]),
    ...(why === "" ? [] : [why]),
    ...(next === "" ? [] : [`next: ${next}`]),
  ];
  const indent = " ".repeat(verdictWidth + 4);
  return [
    `  ${verdict}  ${colors.bold(control)}${response}`,
    ...said.flatMap((text) => wrapped(printable(text), indent, page)),
  ];
}

function paint(kind: Assessment["kind"], colors: Colors): (text: string) => string {
  switch (kind) {
    case "drift":
      return colors.red;
    case "undecided":
    case "unread":
      return colors.yellow;
    case "waived":
      return colors.cyan;
    case "compliant":
    case "not-applicable":
      return colors.green;
  }
}

/** Lines that fit beside their indent; wide characters count as two columns. */
function wrapped(said: string, indent: string, { width }: Page): readonly string[] {
  // A line that begins like that, spaces or not, is a command to the runner of GitHub Actions.
  const text = said.replace(/^\s*::/, ": :");
  if (width === undefined) return [`${indent}${text}`];
  const room = Math.max(20, width - indent.length);
  return wrapAnsi(text, room, { hard: true })
    .split("\n")
    .map((line) => `${indent}${line}`);
}

function endLines({ unlooked, interrupted }: ScanEnd, page: Page): readonly string[] {
  const { colors } = page;
  const lines = unlooked.flatMap(({ account, region, why }) => {
    const where = region === undefined ? account : `${account} in ${region}`;
    return wrapped(`${where}: ${printable(why)}`, "  ", page);
  });
  return [
    ...(lines.length === 0 ? [] : [colors.yellow("Could not be looked at:"), ...lines]),
    ...(interrupted === true ? [colors.yellow("Stopped before everything was looked at.")] : []),
  ];
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
