import type { PolicyText } from "../model/facets.ts";
import type { MultiRegionAccessPoint } from "../model/multi-region.ts";
import { type Known, valueIn } from "../model/reading.ts";
import { type Context, defineControl } from "./control.ts";
import { judgeFixedBlock } from "./fixed-block.ts";
import { type Judged, judgeAll } from "./several.ts";
import { type Household, strangersIn } from "./strangers.ts";

type Here = Context<"multi-region-access-points", "account">;

/** Multi-Region Access Points let nobody in whom their buckets would not. */
export const multiRegionAccessPoints = defineControl({
  id: "multi-region-access-points",
  target: "account",
  reads: ["multiRegionAccessPoints"],

  evaluate({ multiRegionAccessPoints: points }, context) {
    if (points.state === "absent") return { kind: "not-applicable", why: elsewhere };
    const count = points.value.length;
    if (count === 0) {
      return { kind: "not-applicable", why: "the account has no Multi-Region Access Point" };
    }
    const judged = points.value.map((point) => judge(point, context));
    const names = points.value.map(({ name }) => name).join(", ");
    return judgeAll(judged, {
      evidence: `${names}: public access is blocked, and policies and buckets stay in known accounts`,
      hold: { mode: "report-only", why: fixed },
    });
  },

  remediation: { mode: "report-only", why: "its public access block is fixed when it is made" },

  docs: {
    title: "Multi-Region Access Points keep strangers out",
    rationale:
      "It has a policy and a public access block of its own, and a bucket of another account behind it receives whatever clients write.",
    breaks:
      "Nothing is written. A new access point has another alias, which clients have to learn.",
    stops: [
      "The account has none, or is not in the partition aws: not applicable.",
      "Which of its Regions take requests: not judged, since every failover, also a rehearsed one, changes that on purpose.",
    ],
  },
  references: { "security-hub": ["S3.24"] },
});

const elsewhere =
  "where Multi-Region Access Points are managed is known for the partition aws only, so here they are not looked for";
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-block-public-access.html */
const fixed =
  "the public access block of a Multi-Region Access Point is fixed when it is made, and only the owners know whom its policy is for";

/** A state that a point stays in until somebody does something about it. */
const broken = ["INCONSISTENT_ACROSS_REGIONS", "PARTIALLY_CREATED", "PARTIALLY_DELETED"];

function judge(point: MultiRegionAccessPoint, { on, own }: Here): Judged {
  const household = { account: on.account, trusted: own.accounts };
  const { established, proposed, isPublic } = point;
  const policies = [
    strangersIn({ policy: established, called: "a policy", isPublic }, household),
    ...(isSame(established, proposed)
      ? []
      : [strangersIn({ policy: proposed, called: "a proposed policy" }, household)]),
  ];
  const block = judgeFixedBlock(point.publicAccessBlock);
  return {
    name: point.name,
    faults: [
      ...block.faults,
      ...policies.flatMap(({ faults }) => faults),
      ...foreignBuckets(point, household),
      ...(broken.includes(point.status) ? [`is ${point.status}`] : []),
    ],
    doubts: [...block.doubts, ...policies.flatMap(({ doubts }) => doubts)],
    notes: [],
  };
}

/** A proposal that got through stays where it was. */
function isSame(one: Known<PolicyText>, other: Known<PolicyText>): boolean {
  return valueIn(one)?.text === valueIn(other)?.text;
}

function foreignBuckets(
  { buckets }: MultiRegionAccessPoint,
  { account: own, trusted }: Household,
): readonly string[] {
  const foreign = buckets.filter(
    ({ account }) => account !== undefined && account !== own && !trusted.includes(account),
  );
  return foreign.map(
    ({ name, region, account }) => `routes to the bucket ${name} (${region}) of ${account}`,
  );
}
