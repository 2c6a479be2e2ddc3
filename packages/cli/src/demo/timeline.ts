import { printable } from "@bucket-warden/core/kernel";
import { type NoticeKind, resourceName } from "@bucket-warden/core/model";
import {
  type Change,
  causeText,
  type Message,
  type Notice,
  whoText,
} from "@bucket-warden/core/notify";
import colors from "picocolors";
import { print } from "../terminal.ts";

/** Prints a heading of the demo. */
export function printChapter(title: string, explanation: string): void {
  print(`\n${colors.bold(title)}`);
  print(colors.dim(explanation));
}

/** Prints who calls what. */
export function printAct(user: string, call: string, on: string): void {
  print(`\n${clock()}  ${colors.red(user)} calls ${colors.bold(call)} on ${on}`);
}

/** Prints what one reconcile has to tell, with every line that was written. */
export function printMessage(message: Message, afterMilliseconds?: number): void {
  const { on, cause, notices, changes } = message;
  const time =
    afterMilliseconds === undefined ? "" : ` ${Math.round(afterMilliseconds)} ms after the call`;
  print(
    `${clock()}  ${colors.cyan(resourceName(on))}${time}: ${colors.dim(printable(causeText(cause)))}`,
  );
  for (const notice of notices) printNotice(notice);
  for (const change of changes) printChange(change);
}

/** Prints what one reconcile has to tell, a line for each control. */
export function printSummary({ on, notices }: Message): void {
  for (const { kind, control, saw } of notices) {
    print(
      `${clock()}  ${resourceName(on)}  ${paintKind(kind)}  ${control}: ${colors.dim(printable(saw))}`,
    );
  }
}

function printNotice({ kind, control, saw, did, next, witness, who }: Notice): void {
  print(`    ${paintKind(kind)} ${colors.bold(control)}`);
  print(`      saw   ${printable(saw)}`);
  if (witness !== undefined) print(`      e.g.  ${printable(witness)}`);
  if (who !== undefined) print(`      who   ${printable(whoText(who))}`);
  print(`      did   ${printable(did)}`);
  if (next !== "") print(`      next  ${printable(next)}`);
}

function printChange({ document, diff }: Change): void {
  print(`    the ${document}:`);
  for (const line of diff) print(`      ${paint(printable(line))}`);
}

function paintKind(kind: NoticeKind): string {
  if (kind === "alarm") return colors.red(kind.toUpperCase());
  const paintIt = kind === "fixed" || kind === "recovered" ? colors.green : colors.yellow;
  return paintIt(kind.toUpperCase());
}

function paint(line: string): string {
  if (line.startsWith("+")) return colors.green(line);
  if (line.startsWith("-")) return colors.red(line);
  return colors.dim(line);
}

function clock(): string {
  return new Date().toISOString().slice(11, 23);
}
