import type { ObjectLambda } from "../model/object-lambda.ts";
import { wildcardMatches } from "../policy/index.ts";
import { type Context, defineControl } from "./control.ts";
import { judgeFixedBlock } from "./fixed-block.ts";
import { isNamed } from "./name-patterns.ts";
import { type Judged, judgeAll } from "./several.ts";
import { strangersIn } from "./strangers.ts";

type Here = Context<"object-lambda", "region">;

/** Only functions that are meant to stand between clients and objects do so, and for nobody else. */
export const objectLambda = defineControl({
  id: "object-lambda",
  target: "region",
  reads: ["objectLambdas"],

  evaluate({ objectLambdas: points }, context) {
    if (points.state === "absent" || points.value.length === 0) {
      return { kind: "not-applicable", why: "there is no Object Lambda access point here" };
    }
    return judgeAll(
      points.value.map((point) => judge(point, context)),
      {
        evidence: `as the baseline lists them: ${points.value.map(inWords).join("; ")}`,
        hold: { mode: "report-only", why: forOwners },
      },
    );
  },

  remediation: { mode: "report-only", why: "only the owners know which function is meant" },

  docs: {
    title: "Object Lambda access points are those of the baseline",
    rationale:
      "The function sees and may change every object that clients read through it, and the access point has a policy of its own.",
    breaks: "Nothing is written. Whoever reads through an access point loses objects when it goes.",
    stops: ["There is none in the Region: not applicable."],
  },
  references: {},
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-create.html */
const forOwners =
  "only the owners know which function is meant to see the objects, and the public access block of an access point is fixed when it is made";

function judge(point: ObjectLambda, { on, own }: Here): Judged {
  const household = { account: on.account, trusted: own.accounts };
  const { policy, isPublic } = point;
  const strangers = strangersIn({ policy, called: "a policy", isPublic }, household);
  const block = judgeFixedBlock(point.publicAccessBlock);
  const isForeign = (arn: string) => !isOf(arn, [on.account, ...own.accounts]);
  return {
    name: point.name,
    faults: [
      ...listingFaults(point, own.allowed),
      ...block.faults,
      ...strangers.faults,
      ...functionsOf(point)
        .filter(isForeign)
        .map((arn) => `calls a function of another account (${arn})`),
      ...[point.supportingAccessPoint]
        .filter(isForeign)
        .map((arn) => `stands before an access point of another account (${arn})`),
    ],
    doubts: [...namelessIn(point), ...block.doubts, ...strangers.doubts],
    notes: notesOn(point),
  };
}

type Allowed = Here["own"]["allowed"];

/** What the baseline does not name about an entry is free. */
function listingFaults(point: ObjectLambda, allowed: Allowed): readonly string[] {
  const entry = allowed.find(({ name }) => isNamed([name], point.name));
  if (entry === undefined) return ["is not listed in the baseline"];
  const other = functionsOf(point).filter((arn) => !means(entry.function, arn));
  const isBare = point.transformations.length === 0 && entry.function !== undefined;
  const { supportingAccessPoint: supporting } = point;
  return [
    ...(isBare ? [`calls no function, and the baseline lists ${entry.function}`] : []),
    ...other.map((arn) => `calls ${arn}, and the baseline lists ${entry.function}`),
    ...(means(entry.supportingAccessPoint, supporting)
      ? []
      : [`stands before ${supporting}, and the baseline lists ${entry.supportingAccessPoint}`]),
  ];
}

function means(pattern: string | undefined, arn: string): boolean {
  return pattern === undefined || wildcardMatches(pattern, arn);
}

/** Each once; the same function often transforms several actions. */
function functionsOf({ transformations }: ObjectLambda): readonly string[] {
  return [...new Set(transformations.flatMap(({ functionArn }) => functionArn ?? []))];
}

function namelessIn({ transformations }: ObjectLambda): readonly string[] {
  const nameless = transformations.filter(({ functionArn }) => functionArn === undefined);
  const actions = nameless.flatMap((transformation) => transformation.actions);
  return nameless.length === 0 ? [] : [`names no function for ${actions.join(", ")}`];
}

function isOf(arn: string, accounts: readonly string[]): boolean {
  return accounts.includes(arn.split(":")[4] ?? "");
}

/** Actions without a function go straight to the access point behind. */
function notesOn({ allowedFeatures, metricsEnabled, transformations }: ObjectLambda): string[] {
  const transformed = new Set(transformations.flatMap(({ actions }) => actions));
  const past = allowedFeatures.filter((feature) => !transformed.has(feature.split("-")[0] ?? ""));
  const parts = allowedFeatures.filter((feature) => !past.includes(feature));
  return [
    ...(past.length === 0 ? [] : [`answers ${past.join(", ")} past its function`]),
    ...(parts.length === 0 ? [] : [`hands ${parts.join(", ")} to its function as parts`]),
    ...(metricsEnabled ? [] : ["has no CloudWatch metrics"]),
  ];
}

function inWords(point: ObjectLambda): string {
  const functions = functionsOf(point).join(", ") || "no function";
  return `${point.name} calls ${functions} before ${point.supportingAccessPoint}`;
}
