import {
  type Settings,
  scopesFor,
  settingsFor,
  type Waiver,
  waiversOn,
} from "@bucket-warden/core/baseline";
import { type Control, controls } from "@bucket-warden/core/controls";
import {
  type BucketRef,
  type Facet,
  type Finding,
  type LedgerEntry,
  type Plan,
  type Readings,
  valueIn,
} from "@bucket-warden/core/model";
import { diffOf } from "@bucket-warden/core/plan";
import { explain as explainBaseline } from "../baseline/explain.ts";
import type { Local } from "../local/local.ts";
import { responseTo, sawText, witnessOf } from "../output/words.ts";
import { type Deciding, decidingStatements } from "./deciding.ts";

/** Why one control says what it says of a bucket, and what would be done about it. */
export interface Explained {
  readonly control: string;
  /** What must hold. */
  readonly title: string;
  readonly verdict: Finding["assessment"]["kind"];
  readonly saw: string;
  /** A request that slips through, or the weaker value. */
  readonly witness?: string;
  readonly readings: readonly ExplainedReading[];
  /** Statements of the bucket policy that decided it. */
  readonly statements: readonly Deciding[];
  /** What the baseline asks of this bucket, and which part of it does. */
  readonly settings: readonly ExplainedSetting[];
  readonly response: {
    /** `repair`, how it is held, or nothing. */
    readonly word: string;
    readonly why: string;
    readonly next: string;
  };
  /** What would be written, or would be once it is approved. */
  readonly changes: readonly {
    readonly document: string;
    readonly diff: readonly string[];
  }[];
  /** More about it, from the root of the repository. */
  readonly page: string;
}

export interface ExplainedReading {
  readonly facet: Facet;
  readonly state: "present" | "absent" | "unknown" | "not asked for";
  readonly value?: unknown;
  /** Why it is unknown. */
  readonly detail?: string;
}

interface ExplainedSetting {
  readonly name: string;
  readonly value: unknown;
  readonly from: string;
}

export interface Explanation {
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601 */
  readonly at: string;
  readonly gone?: true;
  readonly baseline: string;
  /** Scopes of the baseline that match, the first one first. */
  readonly scopes: readonly string[];
  /** Waivers that mean this bucket, and those of which nobody can tell. */
  readonly waivers: readonly string[];
  readonly controls: readonly Explained[];
  /** Controls that the baseline switches off here. */
  readonly off: readonly string[];
}

export interface Seen {
  readonly entry: LedgerEntry & { readonly task: { readonly ref: BucketRef } };
  readonly readings: Readings;
}

/** What one look at a bucket saw, made plain; of one control only, where one is named. */
export function explanationOf(
  { entry, readings }: Seen,
  { baseline }: Pick<Local, "baseline">,
  only?: string,
): Explanation {
  const on = entry.task.ref;
  const { scopes, settings, waivers, by } = asked(on, readings, baseline);
  const explained = entry.findings
    .filter(({ control }) => only === undefined || control === only)
    .map((finding): Explained => {
      const control = controlOf(finding.control);
      const witness = witnessOf(finding.assessment);
      return {
        control: finding.control,
        title: control.docs.title,
        verdict: finding.assessment.kind,
        saw: sawText(finding.assessment),
        ...(witness === undefined ? {} : { witness }),
        readings: control.needs(on, by).map((facet) => readingOf(facet, readings)),
        statements: decidingStatements(control, readings, { on, settings: by }),
        settings: settings.filter(({ name }) => name.startsWith(`${finding.control}.`)),
        response: responseTo(finding, { on, plan: entry.plan }),
        changes: changesFor(finding.control, entry.plan),
        page: `docs/controls/${finding.control}.md`,
      };
    });
  const seen = new Set(entry.findings.map(({ control }) => control));
  return {
    bucket: on.name,
    account: on.account,
    region: on.region,
    at: entry.startedAt,
    ...(entry.outcome.kind === "gone" ? { gone: true } : {}),
    baseline: baseline.file,
    scopes,
    waivers,
    controls: entry.outcome.kind === "gone" ? [] : explained,
    off: controls
      .filter(({ id, target }) => target === "bucket" && !seen.has(id))
      .map(({ id }) => id),
  };
}

function controlOf(id: string): Control {
  const control = controls.find((it) => it.id === id);
  if (control === undefined) throw new Error(`a finding of no control: ${id}`);
  return control;
}

interface Asked extends Pick<Explanation, "scopes" | "waivers"> {
  readonly settings: readonly ExplainedSetting[];
  /** What the controls are judged by. */
  readonly by: Settings;
}

/** What the baseline asks of the bucket, as far as what its scopes ask for could be read. */
function asked(
  on: BucketRef,
  readings: Readings,
  { input, parsed, file }: Local["baseline"],
): Asked {
  const { tags, organizationalUnits } = readings;
  const traits = {
    ...(tags === undefined ? {} : { tags }),
    ...(organizationalUnits === undefined ? {} : { organizationalUnits }),
  };
  const found = scopesFor(parsed, on, traits);
  if (found.kind === "unknown") {
    const why = `nobody can tell whether scope "${found.scope}" matches: ${found.unread.facet} could not be read`;
    return {
      scopes: [why],
      waivers: waiverWords(waiversOn(parsed.waivers, on).valid),
      settings: [],
      by: settingsFor(parsed, on),
    };
  }
  const [known, units] = [valueIn(tags), valueIn(organizationalUnits)];
  const { scopes, settings, waivers } = explainBaseline(input, file, {
    bucket: on.name,
    account: on.account,
    region: on.region,
    tags: known ?? {},
    units: units ?? [],
  });
  return { scopes, settings, waivers, by: settingsFor(parsed, on, found.scopes) };
}

function waiverWords(waivers: readonly Waiver[]): readonly string[] {
  return waivers.map(
    ({ controls: of, approver, expires }) =>
      `waiver for ${of.join(", ")} by ${approver}, to ${expires}`,
  );
}

function readingOf(facet: Facet, readings: Readings): ExplainedReading {
  const reading = readings[facet];
  switch (reading?.state) {
    case undefined:
      return { facet, state: "not asked for" };
    case "present":
      return { facet, state: "present", value: reading.value };
    case "absent":
      return { facet, state: "absent" };
    case "unknown":
      return { facet, state: "unknown", detail: `${reading.reason}: ${reading.detail}` };
  }
}

function changesFor(control: string, { steps, held }: Plan): Explained["changes"] {
  const wanted = held.find((it) => it.control === control)?.wanted ?? [];
  return [...steps.filter(({ controls: of }) => of.includes(control)), ...wanted].map((step) => ({
    document: step.document,
    diff: diffOf(step),
  }));
}
