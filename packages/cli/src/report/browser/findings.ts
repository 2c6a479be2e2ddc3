import type { FindingRow } from "../data.ts";
import { type DataTable, dataTable } from "./data-table.ts";
import { h, timeText } from "./dom.ts";

const ranks = { drift: 0, undecided: 1, unread: 2, waived: 3 } as const;

export function findingsTable(findings: readonly FindingRow[]): DataTable {
  return dataTable({
    id: "finding",
    caption: "Everything that is not as it should be",
    unit: "finding",
    rows: findings,
    columns: [
      { title: "Resource", key: (it) => it.resource, cell: whereOf },
      { title: "Control", key: (it) => it.control, cell: (it) => h("code", {}, it.control) },
      { title: "Verdict", key: (it) => ranks[it.verdict], cell: (it) => badge(it.verdict) },
      { title: "Then", key: (it) => it.response, cell: (it) => it.response },
      { title: "What was seen", key: (it) => it.saw, cell: (it) => it.saw, kind: "wide" },
    ],
    filters: [
      { label: "Verdict", of: (it) => it.verdict, buttons: true },
      { label: "Control", of: (it) => it.control },
      { label: "Account", of: (it) => it.account },
    ],
    text: (it) =>
      [it.resource, it.account, it.region, it.control, it.verdict, it.response, it.saw]
        .concat(it.witness ?? "", it.who ?? "", it.waiver?.approver ?? "", it.waiver?.reason ?? "")
        .join(" "),
    detail: findingDetail,
    sortBy: { column: 2, direction: "ascending" },
  });
}

export function whereOf({
  resource,
  account,
  region,
}: Pick<FindingRow, "resource" | "account" | "region">): Node {
  const place = region === "" ? account : `${account} · ${region}`;
  return h("span", { class: "break" }, resource, h("small", {}, place));
}

function badge(verdict: FindingRow["verdict"]): Node {
  return h("span", { class: `badge ${verdict}` }, verdict);
}

function findingDetail(row: FindingRow): Node {
  const { saw, witness, why, next, who, waiver, at, diff } = row;
  const waived = waiver && `${waiver.approver}, until ${waiver.until}: ${waiver.reason}`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Seen", saw],
    ["For example", witness],
    ["Waived by", waived],
    ["Then", why],
    ["Next", next],
    ["Changed by", who],
    ["Looked at", timeText(at)],
  ];
  return h(
    "div",
    {},
    factList(facts),
    ...(diff.length === 0 ? [] : [diffOf(diff, "What would be written")]),
  );
}

/** Names with what is known of them; what is not known is left out. */
export function factList(facts: readonly (readonly [string, string | undefined])[]): Node {
  const known = facts.filter(([, text]) => text !== undefined && text !== "");
  return h(
    "dl",
    {},
    ...known.flatMap(([name, text = ""]) => [h("dt", {}, name), h("dd", {}, text)]),
  );
}

const kinds: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "@": "title" };

/** A diff, line by line; the signs say what the colours say. */
export function diffOf(lines: readonly string[], title: string): Node {
  const shown = lines.map((line) => h("span", { class: kinds[line.slice(0, 1)] }, `${line}\n`));
  return h(
    "figure",
    {},
    h("figcaption", {}, title),
    h("pre", { tabindex: 0, role: "region", "aria-label": title }, ...shown),
  );
}
