import { printable } from "@bucket-warden/core/kernel";
import { type Finding, type Look, type ResourceRef, resourceName } from "@bucket-warden/core/model";
import type { Format, Unlooked } from "./format.ts";
import { responseTo, sawText, witnessOf } from "./words.ts";

/**
 * JUnit XML as Jenkins and GitLab read it: a suite for each resource, a case for each control. Drift
 * fails; what could not be read or decided is an error; what was not asked or is waived is skipped.
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitFormat(): Format {
  return {
    head: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Bucket Warden">\n',
    look: (look) => (look.gone === true ? "" : suiteOf(look)),
    end: ({ endedAt, unlooked }) =>
      `${unlooked.map((it) => unlookedSuite(it, endedAt)).join("")}</testsuites>\n`,
  };
}

interface Case {
  readonly name: string;
  readonly end: "passed" | "failure" | "error" | "skipped";
  readonly type: string;
  readonly lines: readonly string[];
}

function suiteOf({ on, at, findings, plan }: Look): string {
  const cases = findings.map((finding) => caseOf(finding, { on, plan }));
  return suite({ name: resourceName(on), className: classOf(on), at }, cases);
}

function unlookedSuite({ account, region, why }: Unlooked, at: string): string {
  const where = region === undefined ? account : `${account}.${region}`;
  const name = region === undefined ? `account ${account}` : `account ${account} in ${region}`;
  const one: Case = { name: "can be looked at", end: "error", type: "unlooked", lines: [why] };
  return suite({ name, className: where, at }, [one]);
}

/** Dots part packages in most viewers, so that accounts and Regions become folders. */
function classOf(on: ResourceRef): string {
  const place = on.kind === "account" ? on.account : `${on.account}.${on.region}`;
  return on.kind === "bucket" ? `${place}.${on.name.replaceAll(".", "_")}` : place;
}

function caseOf(finding: Finding, look: Pick<Look, "on" | "plan">): Case {
  const { control, assessment } = finding;
  const { word, why, next } = responseTo(finding, look);
  const witness = witnessOf(assessment);
  const lines = [
    sawText(assessment),
    ...(witness === undefined ? [] : [`for example: ${witness}`]),
    ...(word === "" ? [] : [`${word}: ${why}`]),
    ...(next === "" ? [] : [`next: ${next}`]),
  ];
  return { name: control, end: endOf(assessment.kind), type: assessment.kind, lines };
}

function endOf(kind: Finding["assessment"]["kind"]): Case["end"] {
  switch (kind) {
    case "compliant":
      return "passed";
    case "drift":
      return "failure";
    case "undecided":
    case "unread":
      return "error";
    case "waived":
    case "not-applicable":
      return "skipped";
  }
}

interface Suite {
  readonly name: string;
  readonly className: string;
  readonly at: string;
}

function suite({ name, className, at }: Suite, cases: readonly Case[]): string {
  const count = (end: Case["end"]) => cases.filter((it) => it.end === end).length;
  const head = attributes({
    name,
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    // The schema knows no time zone.
    timestamp: at.slice(0, "2026-11-20T10:15:00".length),
    time: 0,
  });
  const body = cases.map((it) => `${testCase(it, className)}\n`).join("");
  return `<testsuite${head}>\n${body}</testsuite>\n`;
}

function testCase({ name, end, type, lines }: Case, classname: string): string {
  const head = `<testcase${attributes({ classname, name, time: 0 })}`;
  if (end === "passed") return `${head}/>`;
  const [message = ""] = lines;
  if (end === "skipped") return `${head}><skipped${attributes({ message })}/></testcase>`;
  const text = lines.map(escaped).join("\n");
  return `${head}><${end}${attributes({ message, type })}>${text}</${end}></testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** What XML does not take, not even as a reference, is not printable either. */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (it) => entities[it] ?? it);
}
