import {
  type ApiCall,
  actionsOf,
  callsOf,
  callsToRead,
  callToWrite,
  pageOf,
} from "../../packages/core/src/aws/permissions.ts";
import { defaultMode, settingsIn } from "../../packages/core/src/baseline/index.ts";
import {
  type Control,
  catalogues,
  nameOf,
  type Reference,
} from "../../packages/core/src/controls/index.ts";
import { callsThatWake } from "../../packages/core/src/event/index.ts";
import { bullets, code, codes, table } from "./markdown.ts";

/** The page of one control, made from its code alone. */
export function controlPage(control: Control): string {
  const { id, docs } = control;
  const parts = [
    ["<!-- Made by `npm run docs` from the code of the control. Change it there. -->"],
    [`# ${id}: ${docs.title}`],
    [docs.rationale],
    ["## On drift", "", ...onDrift(control)],
    ["## What it reads and writes", "", ...calls(control)],
    ["## Permissions", "", ...bullets(actionsOf(callsOf(control)).map(code))],
    ["## Events that make it look again", "", codes(callsThatWake(control))],
    ["## In the baseline", "", ...settings(control)],
    ["## Known elsewhere as", "", ...references(control.references)],
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function onDrift(control: Control): readonly string[] {
  const { stops, breaks } = control.docs;
  const always = `It looks at ${subjects[control.target]}, and ${conduct(control)}.`;
  const cases =
    stops.length === 0 ? [] : ["", "It does less in these cases:", "", ...bullets(stops)];
  return [always, ...cases, "", `**What can break.** ${breaks}`];
}

const subjects = {
  bucket: "each bucket",
  account: "an account as a whole",
  region: "what an account has in one Region",
} as const satisfies Readonly<Record<Control["target"], string>>;

function conduct({ remediates, leftToPeople = "" }: Control): string {
  switch (remediates) {
    case "automatic":
      return "repairs by itself where the baseline says `remediate`, asks first where it says `approve`, and only tells where it says `alert`";
    case "approval":
      return "asks first, also where the baseline says `remediate`, and repairs once a person names this control";
    case "report-only":
      return `tells people and writes nothing: ${leftToPeople}`;
  }
}

function calls({ reads, writes }: Control): readonly string[] {
  const rows = [
    ...reads.map((facet) => ["reads", code(facet), linked(callsToRead(facet))]),
    ...writes.map((document) => ["writes", code(document), linked([callToWrite(document)])]),
  ];
  return table(["", "What", "Calls"], rows);
}

function linked(made: readonly ApiCall[]): string {
  return made.map((call) => `[${call.operation}](${pageOf(call)})`).join(", ");
}

function settings({ id }: Control): readonly string[] {
  const mode = [
    "`mode`",
    "`remediate`, `approve`, `alert`, `off`",
    code(defaultMode(id)),
    "see [the baseline](../baseline.md)",
  ];
  const rows = settingsIn(id).map(({ name, values, meaning, default: otherwise }) => [
    code(name),
    values,
    otherwise === undefined ? "none" : code(JSON.stringify(otherwise)),
    meaning,
  ]);
  return table(["Setting", "Values", "Default", "Meaning"], [mode, ...rows]);
}

function references(all: readonly Reference[]): readonly string[] {
  if (all.length === 0) return ["No catalogue that we know asks for it."];
  const rows = Object.entries(catalogues).flatMap(([catalogue, title]) => {
    const names = all.filter((it) => it.catalogue === catalogue);
    if (names.length === 0) return [];
    const text = names.map((it) => (it.verified ? nameOf(it) : `${nameOf(it)} (unverified)`));
    return [[title, text.join(", ")]];
  });
  return table(["Catalogue", "Names"], rows);
}
