import { type Control, controls } from "@bucket-warden/core/controls";
import { severityOf } from "./severity.ts";

/** GitHub shows ten tags of a rule and refuses a file with more than twenty. */
const mostTags = 10;

/** The controls as SARIF rules, in the order of `controls`. */
export const rules: readonly object[] = controls.map(ruleOf);

const places = new Map<string, number>(controls.map(({ id }, place) => [id, place]));

/** The place of a control among the rules. */
export function ruleIndex(control: string): number | undefined {
  return places.get(control);
}

function ruleOf(control: Control): object {
  const { id, docs, references } = control;
  const { level, score } = severityOf(id);
  const tags = ["security", "aws", "s3", ...references.map(({ name }) => name)];
  return {
    id,
    shortDescription: { text: `${docs.title}.` },
    fullDescription: { text: docs.rationale },
    help: helpOf(control),
    ...helpUriOf(control),
    defaultConfiguration: { level },
    properties: {
      tags: [...new Set(tags)].slice(0, mostTags),
      "security-severity": score,
      "problem.severity": level,
      precision: "very-high",
    },
  };
}

function helpOf({ docs }: Control) {
  const { rationale, breaks, stops } = docs;
  const list = stops.map((it) => `- ${it}`).join("\n");
  const less = stops.length === 0 ? [] : [["It does less in these cases:", list]];
  const part = (title: string, text: string) => `**${title}** ${text}`;
  return {
    text: [rationale, `What can break: ${breaks}`, ...less.map((it) => it.join("\n"))].join("\n\n"),
    markdown: [
      rationale,
      part("What can break.", breaks),
      ...less.map((it) => it.join("\n\n")),
    ].join("\n\n"),
  };
}

/** The page of AWS about the same thing. */
function helpUriOf({ references }: Control): { readonly helpUri?: string } {
  const name = references.find(({ catalogue }) => catalogue === "security-hub")?.name;
  if (name === undefined) return {};
  const [service = "", number = ""] = name.toLowerCase().split(".");
  const page = `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html`;
  return { helpUri: `${page}#${service}-${number}` };
}
