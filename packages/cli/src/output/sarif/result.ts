import { createHash } from "node:crypto";
import { printable } from "@bucket-warden/core/kernel";
import {
  type Finding,
  type Look,
  type ResourceRef,
  resourceId,
  resourceName,
} from "@bucket-warden/core/model";
import { responseTo, sawText, witnessOf } from "../words.ts";
import { ruleIndex } from "./rules.ts";
import { severityOf } from "./severity.ts";

/** Drift, also where it is waived, and what could not be decided; the rest is no result. */
export function resultsOf({ on, findings, plan, gone }: Look): readonly object[] {
  if (gone === true) return [];
  return findings.flatMap((finding) => {
    const { kind } = finding.assessment;
    const isResult = kind === "drift" || kind === "waived" || kind === "undecided";
    return isResult ? [resultOf(on, finding, plan)] : [];
  });
}

/** What could not be read is told beside the results: nobody knows whether it is wrong. */
export function notificationsOf({ on, findings, gone, at }: Look): readonly object[] {
  if (gone === true) return [];
  return findings.flatMap(({ control, assessment }) =>
    assessment.kind === "unread"
      ? [
          {
            level: "warning",
            message: { text: plain(`${resourceName(on)}: ${control} ${sawText(assessment)}.`) },
            locations: [locationOf(on)],
            timeUtc: at,
            associatedRule: { id: control },
          },
        ]
      : [],
  );
}

function resultOf(on: ResourceRef, finding: Finding, plan: Look["plan"]): object {
  const { control, assessment } = finding;
  const index = ruleIndex(control);
  const print = printOf(on, control);
  return {
    ruleId: control,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: assessment.kind === "undecided" ? "warning" : severityOf(control).level,
    message: { text: plain(messageOf(on, finding, plan)) },
    locations: [locationOf(on)],
    // GitHub looks at the first alone.
    partialFingerprints: { primaryLocationLineHash: `${print}:1`, "bucketWarden/v1": print },
    ...suppressionsOf(assessment),
    properties: { account: on.account, region: on.region, verdict: assessment.kind },
  };
}

function messageOf(on: ResourceRef, finding: Finding, plan: Look["plan"]): string {
  const { assessment } = finding;
  const { why, next } = responseTo(finding, { on, plan });
  const witness = witnessOf(assessment);
  const unsure = assessment.kind === "undecided" ? "it cannot be decided: " : "";
  const parts = [
    `${resourceName(on)}: ${unsure}${sawText(assessment)}`,
    ...(witness === undefined ? [] : [`For example: ${witness}`]),
    ...(why === "" ? [] : [capital(why)]),
    ...(next === "" ? [] : [`Next: ${next}`]),
  ];
  return `${parts.join(". ")}.`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function suppressionsOf(assessment: Finding["assessment"]): object {
  if (assessment.kind !== "waived") return {};
  const { approver, reason, ticket, until } = assessment;
  const why = `${reason}${ticket === undefined ? "" : ` (${ticket})`}; ${approver}, until ${until}`;
  const waiver = { kind: "external", status: "accepted", justification: printable(why) };
  return { suppressions: [waiver] };
}

/**
 * GitHub refuses the whole file for a URI with another scheme than `file`, and takes a path that is
 * in no repository, so a resource is a path without a scheme.
 * https://github.com/github/codeql-action/issues/754
 */
function locationOf(on: ResourceRef): object {
  const path = ["aws", on.account, ...placeOf(on)].map(encodeURIComponent).join("/");
  return {
    physicalLocation: { artifactLocation: { uri: path }, region: { startLine: 1 } },
    logicalLocations: [
      { fullyQualifiedName: resourceId(on), name: resourceName(on), kind: "resource" },
    ],
  };
}

function placeOf(on: ResourceRef): readonly string[] {
  if (on.kind === "account") return ["account"];
  return on.kind === "bucket" ? [on.region, on.name] : [on.region];
}

/** The same for the same control on the same resource, whatever is said of it. */
function printOf(on: ResourceRef, control: string): string {
  const name = [on.account, resourceId(on), control].join("\n");
  return createHash("sha256").update(name).digest("hex").slice(0, 16);
}

/** Strangers shall write no links: `[text](target)` is one in a message of SARIF. */
export function plain(text: string): string {
  return printable(text).replace(/[[\]]/g, "\\$&");
}
