import { printable } from "@bucket-warden/core/kernel";
import type { Explained, ExplainedReading, Explanation } from "./explanation.ts";

/** An explanation for people; `whole` also shows what was read. */
export function explanationLines(
  explanation: Explanation,
  { whole }: { readonly whole: boolean },
): readonly string[] {
  const { bucket, account, region, at, gone, scopes, waivers, controls, off, baseline } =
    explanation;
  if (gone === true) return [`${bucket}  there is no such bucket in account ${account}`];
  return [
    `${bucket}, of account ${account} in ${region}, as it was at ${at}`,
    scopes.length === 0
      ? `No scope of ${printable(baseline)} matches.`
      : `Scopes of ${printable(baseline)} that match: ${scopes.map(printable).join(", ")}`,
    ...waivers.map((it) => `  ${printable(it)}`),
    ...controls.flatMap((it) => ["", ...controlLines(it, whole)]),
    ...(off.length === 0 ? [] : ["", `Off here: ${off.join(", ")}`]),
  ];
}

function controlLines(explained: Explained, whole: boolean): readonly string[] {
  const { control, title, verdict, saw, witness, readings, settings, changes, page } = explained;
  return [
    `${control}: ${verdict.toUpperCase()}`,
    row("must hold", title),
    row("saw", saw),
    ...(witness === undefined ? [] : [row("witness", witness)]),
    ...statementLines(explained),
    ...(whole ? readings.flatMap(wholeReading) : [row("read", readings.map(briefly).join(", "))]),
    ...settings.map(({ name, value, from }) =>
      row("asks", `${name} = ${JSON.stringify(value)} (${from})`),
    ),
    ...responseLines(explained),
    ...changes.flatMap(({ document, diff }) => [
      row("would be", `the ${document}:`),
      ...diff.map((line) => `              ${printable(line)}`),
    ]),
    ...(whole ? [row("more", page)] : []),
  ];
}

function statementLines({ statements, verdict }: Explained): readonly string[] {
  return statements.flatMap(({ place, sid, text, role }) => {
    const name = sid === undefined ? place : `${place} ("${sid}")`;
    const why = role === "enough" ? "would be enough alone" : `without it: not ${verdict}`;
    return [row("decided by", `${name}, ${why}`), ...indented(text)];
  });
}

/** What would be done, or why not. */
function responseLines({ response: { word, why, next } }: Explained): readonly string[] {
  if (word === "") return [];
  return [
    row(word === "repair" ? "repair" : "held", why),
    ...(next === "" ? [] : [row("next", next)]),
  ];
}

function briefly({ facet, state, detail }: ExplainedReading): string {
  return detail === undefined ? `${facet} (${state})` : `${facet} (${state}, ${detail})`;
}

function wholeReading(reading: ExplainedReading): readonly string[] {
  const { facet, state, value } = reading;
  if (state !== "present") return [row("read", briefly(reading))];
  return [row("read", facet), ...indented(textIn(value))];
}

/** A policy is read as text, and shown as that. */
function textIn(value: unknown): string {
  const isPolicy = typeof value === "object" && value !== null && "text" in value;
  return isPolicy ? String(value.text) : JSON.stringify(value);
}

/** JSON one member a line; anything else as it is. */
function indented(text: string): readonly string[] {
  return prettily(text)
    .split("\n")
    .map((line) => `              ${printable(line)}`);
}

function prettily(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(10)}  ${printable(text)}`;
}
