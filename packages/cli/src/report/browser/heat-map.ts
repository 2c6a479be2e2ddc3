import type { FindingRow, PostureCell, ReportData } from "../data.ts";
import { h, number, plural } from "./dom.ts";
import { heatOf } from "./scale.ts";

/** A row for each control, a column for each account; the accounts with most drift come first. */
export function heatMap(
  { posture, controls }: Pick<ReportData, "posture" | "controls">,
  choose: (where: Pick<FindingRow, "account" | "control">) => void,
): HTMLElement {
  const cells = new Map(posture.map((cell) => [keyOf(cell), cell]));
  const accounts = worstFirst(posture);
  const known = new Set(posture.map(({ control }) => control));
  const rows = controls
    .filter(({ id }) => known.has(id))
    .map(({ id, title }) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, h("span", {}, h("span", {}, title), " ", h("code", {}, id))),
        ...accounts.map((account) => cellOf(cells.get(keyOf({ account, control: id })), choose)),
      ),
    );
  const heads = accounts.map((account) => h("th", { scope: "col" }, account));
  const caption = h("caption", { class: "hidden" }, "Open findings by control and account");
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Control"), ...heads));
  return h("table", { class: "heat" }, caption, head, h("tbody", {}, ...rows));
}

function keyOf({ account, control }: Pick<PostureCell, "account" | "control">): string {
  return `${account}/${control}`;
}

function worstFirst(posture: readonly PostureCell[]): readonly string[] {
  const drift = new Map<string, number>();
  for (const cell of posture) {
    drift.set(cell.account, (drift.get(cell.account) ?? 0) + cell.drift + cell.unknown);
  }
  return [...drift]
    .sort(([one, a], [other, b]) => b - a || one.localeCompare(other))
    .map(([account]) => account);
}

function cellOf(
  cell: PostureCell | undefined,
  choose: (where: Pick<FindingRow, "account" | "control">) => void,
): HTMLElement {
  if (cell === undefined) {
    return h(
      "td",
      {},
      h("span", { class: "none" }, "–"),
      h("span", { class: "hidden" }, "not asked"),
    );
  }
  const { account, control, compliant, drift, unknown, waived } = cell;
  const total = compliant + drift + unknown + waived;
  const open = drift + unknown + waived;
  const words = `${control} in ${account}: ${sumsOf(cell)} of ${number(total)}`;
  const text = textOf(cell);
  const heat = `heat-${drift === 0 && unknown > 0 ? "unknown" : heatOf(drift, total)}`;
  if (open === 0) {
    return h("td", {}, h("span", { class: `cell ${heat}`, title: words }, text, said(words)));
  }
  const button = h(
    "button",
    { type: "button", class: `cell ${heat}`, title: words },
    text,
    said(words),
  );
  button.addEventListener("click", () => choose({ account, control }));
  return h("td", {}, button);
}

function said(words: string): HTMLElement {
  return h("span", { class: "hidden" }, `, ${words}`);
}

/** Short, and not by colour alone: a check, how many drift, how many nobody knows. */
function textOf({ drift, unknown, waived }: PostureCell): string {
  const parts = [
    ...(drift === 0 ? [] : [number(drift)]),
    ...(unknown === 0 ? [] : [`${number(unknown)}?`]),
    ...(drift + unknown > 0 || waived === 0 ? [] : [`${number(waived)}w`]),
  ];
  return parts.length === 0 ? "✓" : parts.join(" ");
}

function sumsOf({ compliant, drift, unknown, waived }: PostureCell): string {
  return [
    `${number(drift)} drift`,
    `${number(unknown)} unknown`,
    `${number(waived)} waived`,
    `${number(compliant)} compliant`,
  ].join(", ");
}

/** What the cells mean, for those who see them. */
export function legend(): readonly Node[] {
  const items = [
    ["heat-0", "✓", "nothing open"],
    ["heat-1", "3", "drift, up to a tenth"],
    ["heat-2", "3", "up to a quarter"],
    ["heat-3", "3", "up to half"],
    ["heat-4", "3", "more"],
    ["heat-unknown", "2?", "could not be read or decided"],
    ["heat-0", "1w", "waived only"],
  ];
  return items.map(([heat, text = "", meaning = ""]) =>
    h("span", {}, h("span", { class: `cell ${heat}` }, text), ` ${meaning}`),
  );
}

/** The tiles above: the whole in a few numbers. */
export function tiles(
  { posture, work }: Pick<ReportData, "posture" | "work">,
  median: string,
): readonly Node[] {
  const sum = (of: (cell: PostureCell) => number) => posture.reduce((all, it) => all + of(it), 0);
  const compliant = sum((it) => it.compliant);
  const total = compliant + sum((it) => it.drift + it.unknown + it.waived);
  // Never rounded up to all of it.
  const share = total === 0 ? "–" : `${(Math.floor((compliant / total) * 1_000) / 10).toFixed(1)}%`;
  const repaired = work?.days.reduce((all, { repaired }) => all + repaired, 0) ?? 0;
  return [
    tile(share, `compliant, of ${plural(total, "check")}`, "good"),
    tile(number(sum((it) => it.drift)), "drift", "drift"),
    tile(number(sum((it) => it.unknown)), "unread or undecided", "unread"),
    tile(number(sum((it) => it.waived)), "waived", "waived"),
    ...(work === undefined
      ? []
      : [
          tile(number(repaired), `repaired in ${work.days.length} days`),
          tile(median, "from change to repair, the median"),
        ]),
  ];
}

function tile(value: string, words: string, kind = ""): HTMLElement {
  return h("p", { class: `tile ${kind}` }, h("strong", {}, value), " ", h("span", {}, words));
}
