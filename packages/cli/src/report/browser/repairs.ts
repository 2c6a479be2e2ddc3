import type { RepairRow } from "../data.ts";
import { type DataTable, dataTable } from "./data-table.ts";
import { durationText, h, timeText } from "./dom.ts";
import { diffOf, factList, whereOf } from "./findings.ts";

export function repairsTable(repairs: readonly RepairRow[]): DataTable {
  return dataTable({
    id: "repair",
    caption: "What was written, the newest first",
    unit: "repair",
    rows: repairs,
    columns: [
      { title: "Resource", key: (it) => it.resource, cell: whereOf },
      { title: "When", key: (it) => it.at, cell: (it) => timeText(it.at) },
      { title: "Outcome", key: (it) => it.outcome, cell: (it) => it.outcome },
      {
        title: "Took",
        key: (it) => it.seconds ?? Number.POSITIVE_INFINITY,
        cell: (it) => (it.seconds === undefined ? "–" : durationText(it.seconds)),
        kind: "number",
      },
      {
        title: "Controls",
        key: (it) => it.controls.join(", "),
        cell: (it) => h("code", {}, it.controls.join(", ")),
        kind: "wide",
      },
    ],
    filters: [
      { label: "Outcome", of: (it) => it.outcome },
      { label: "Account", of: (it) => it.account },
    ],
    text: (it) =>
      [it.resource, it.account, it.region, it.outcome, it.cause, ...it.controls].join(" "),
    detail: repairDetail,
    sortBy: { column: 1, direction: "descending" },
  });
}

function repairDetail({ id, cause, changes }: RepairRow): Node {
  const facts = [
    ["Why", cause],
    ["Undo", `warden undo ${id}`],
  ] as const;
  const diffs = changes.map(({ document, diff }) => diffOf(diff, `Written: ${document}`));
  return h("div", {}, factList(facts), ...diffs);
}
