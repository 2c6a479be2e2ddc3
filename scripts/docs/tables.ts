import { defaultMode, settingsIn } from "../../packages/core/src/baseline/index.ts";
import { type Control, controls } from "../../packages/core/src/controls/index.ts";
import { code, table } from "./markdown.ts";

/** Every control with what must hold and what happens on drift; links go to its page in `folder`. */
export function controlTable(folder: string): readonly string[] {
  const rows = controls.map((control) => {
    const { id, docs } = control;
    return [`[${code(id)}](${folder}${id}.md)`, docs.title, onDrift(control)];
  });
  return table(["Control", "What must hold", "On drift"], rows);
}

const conducts = {
  automatic: "repaired",
  approval: "asks first",
  "report-only": "flagged",
} as const satisfies Readonly<Record<Control["remediates"], string>>;

function onDrift({ id, remediates, docs }: Control): string {
  const exceptions =
    docs.stops.length === 0 || remediates === "report-only" ? "" : ", with exceptions";
  const off = defaultMode(id) === "off" ? " (off by default)" : "";
  return `${conducts[remediates]}${exceptions}${off}`;
}

/** Every control with its settings beside `mode`, for the page about the baseline. */
export function settingTable(): readonly string[] {
  const rows = controls.flatMap(({ id }) => {
    const name = `[${code(id)}](controls/${id}.md)`;
    const mode = defaultMode(id) === "off" ? "off unless named" : "";
    const settings = settingsIn(id);
    if (settings.length === 0) return [[name, mode, "", ""]];
    return settings.map((it, place) => [
      place === 0 ? name : "",
      place === 0 && mode !== "" ? `${mode}. ${code(it.name)}` : code(it.name),
      it.meaning,
      it.default === undefined ? "none" : code(JSON.stringify(it.default)),
    ]);
  });
  return table(["Control", "Setting", "Meaning", "Default"], rows);
}
