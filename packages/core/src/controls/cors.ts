import type { CorsRule } from "../model/facets.ts";
import { wildcardMatches } from "../policy/index.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";

interface Drift {
  /** Places of the rules to remove; none where no rule would be left. */
  readonly places: readonly number[];
}

/** No rule lets the scripts of every web page write, or read headers that are not for everybody. */
export const cors = defineControl({
  id: "cors",
  reads: ["cors"],

  evaluate({ cors: actual }, context): Verdict<Drift> {
    if (actual.state === "absent") {
      return { kind: "compliant", evidence: "there are no CORS rules" };
    }
    const { rules } = actual.value;
    const offences = rules.flatMap((rule, place) => {
      const offence = offenceOf(rule);
      return offence === undefined ? [] : [{ ...offence, name: nameOf(rule, place), place }];
    });
    const [first] = offences;
    if (first === undefined) {
      return {
        kind: "compliant",
        evidence: "no CORS rule lets every origin write or read headers",
      };
    }
    const drift = {
      kind: "drift",
      summary: offences.map(({ name, open, can }) => `${name} lets ${open} ${can}`).join("; "),
      witness: `a script on any web page may ${first.can}`,
    } as const;
    if (offences.length === rules.length) {
      return { ...drift, detail: { places: [] }, hold: removeAll(context) };
    }
    return {
      ...drift,
      detail: { places: offences.map(({ place }) => place) },
      hold: { mode: "approval", why: reliance },
    };
  },

  remediation: {
    mode: "approval",
    writes: ["cors"],
    intents: ({ places }) =>
      places.length === 0 ? [] : [{ document: "cors", kind: "remove-cors-rules", places }],
  },

  docs: {
    title: "CORS rules name the origins that may write",
    rationale:
      "With a wildcard origin any web page can use the browser of a visitor, and the access that this visitor has, against the bucket.",
    breaks:
      "Web applications that rely on a removed rule fail in the browser, and S3 does not tell which do.",
    stops: [
      "No rule would be left: flagged with the command, because S3 takes no document without rules.",
    ],
  },
  references: {},
});

const reliance = "web applications may rely on these rules, and S3 does not tell which";
const writing = ["PUT", "POST", "DELETE"];

/** Every origin, as `*` and in other words: what matches an origin that nobody can have meant. */
const strangers = ["https://stranger.invalid", "http://stranger.invalid"];

interface Offence {
  /** The origin that means every origin, as it stands in the rule. */
  readonly open: string;
  readonly can: string;
}

function offenceOf({ origins, methods, exposedHeaders }: CorsRule): Offence | undefined {
  const open = origins.find((it) => strangers.some((origin) => wildcardMatches(it, origin)));
  if (open === undefined) return undefined;
  const writes = methods.filter((method) => writing.includes(method));
  const can = [
    ...(writes.length === 0 ? [] : [`use ${writes.join(", ")}`]),
    ...(exposedHeaders.length === 0 ? [] : [`read ${exposedHeaders.join(", ")}`]),
  ];
  return can.length === 0 ? undefined : { open, can: can.join(" and ") };
}

function nameOf({ rule }: CorsRule, place: number): string {
  const id = rule["ID"];
  return typeof id === "string" ? `rule ${place + 1} (${id})` : `rule ${place + 1}`;
}

/** S3 does not take a document without rules, and deleting one is not something that we do. */
function removeAll({ on }: Context<"cors">) {
  return {
    mode: "report-only",
    why: `no rule would be left, so the whole document would have to go; ${reliance}`,
    command: `aws s3api delete-bucket-cors --bucket ${on.name} --expected-bucket-owner ${on.account}`,
  } as const;
}
