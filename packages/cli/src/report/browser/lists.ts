import type { ActorRow, ContestedRow, FindingRow } from "../data.ts";
import { h, number, plural, scrollable, timeText } from "./dom.ts";

export function actorsList(actors: readonly ActorRow[]): Node {
  const rows = actors.map(({ name, changes, repaired, last }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row", class: "break" }, ...nameOf(name)),
      h("td", { class: "number" }, number(changes)),
      h("td", { class: "number" }, number(repaired)),
      h("td", {}, timeText(last).slice(0, 10)),
    ),
  );
  const about = "Who made the changes after which something was wrong.";
  return card("Top actors", about, rows, ["Who", "Changes", "Repaired", "Last"]);
}

export function contestedList(contested: readonly ContestedRow[]): Node {
  const rows = contested.map(({ resource, account, control, repairs, seen, by }) =>
    h(
      "tr",
      {},
      settingCell(resource, account, control),
      h(
        "td",
        { class: "break" },
        ...nameOf(by ?? "nobody knows who"),
        h("small", {}, plural(repairs, "repair")),
      ),
      h("td", {}, timeText(seen).slice(0, 10)),
    ),
  );
  const about = "Settings that somebody keeps writing back, so that nothing is written any more.";
  return card("Contested", about, rows, ["Setting", "Written back by", "Seen last"]);
}

function settingCell(resource: string, account: string, control: string): Node {
  return h(
    "th",
    { scope: "row", class: "break" },
    resource,
    h("small", { class: "whole" }, account),
    h("small", { class: "whole" }, control),
  );
}

export function waivedList(findings: readonly FindingRow[]): Node {
  const waived = findings.filter(({ verdict }) => verdict === "waived");
  const endOf = ({ waiver }: FindingRow) => waiver?.until ?? "";
  const rows = waived
    .toSorted((one, other) => endOf(one).localeCompare(endOf(other)))
    .slice(0, mostWaived)
    .map(({ resource, account, control, waiver }) =>
      h(
        "tr",
        {},
        settingCell(resource, account, control),
        h("td", { class: "break" }, waiver?.reason ?? "", h("small", {}, waiver?.approver ?? "")),
        h("td", {}, waiver?.until.slice(0, 10) ?? ""),
      ),
    );
  const left = waived.length - rows.length;
  const more = left === 0 ? "" : ` ${number(left)} more are among the findings.`;
  const about = `Drift that a person accepted, the next to end first.${more}`;
  return card("Waived", about, rows, ["Setting", "Why", "Until"]);
}

const mostWaived = 20;

/** An ARN is long and begins as all others do: the end of it first, then whose it is. */
function nameOf(name: string): readonly (Node | string)[] {
  const [, account = "", end] = /^arn:[^:]+:[^:]*:[^:]*:(\d{12}):(.+)$/.exec(name) ?? [];
  return end === undefined ? [name] : [end, h("small", { class: "whole" }, account)];
}

function card(title: string, about: string, rows: readonly Node[], heads: readonly string[]): Node {
  const parts = [h("h2", {}, title), h("p", { class: "about" }, about)];
  if (rows.length === 0)
    return h("div", { class: "card" }, ...parts, h("p", { class: "nothing" }, "None."));
  const head = h("thead", {}, h("tr", {}, ...heads.map((it) => h("th", { scope: "col" }, it))));
  const table = h(
    "table",
    { class: "small" },
    h("caption", { class: "hidden" }, title),
    head,
    h("tbody", {}, ...rows),
  );
  return h("div", { class: "card" }, ...parts, scrollable(title, table, "short"));
}
