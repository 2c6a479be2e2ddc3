import type { AccessPoint } from "../model/access-point.ts";
import { type Delegation, delegationsIn } from "./access-point-delegation.ts";
import { type Context, defineControl } from "./control.ts";
import { judgeFixedBlock } from "./fixed-block.ts";
import { type Judged, judgeAll } from "./several.ts";
import { type Household, strangersIn } from "./strangers.ts";

type Here = Context<"access-points">;

/** The access points of a bucket let nobody in whom the bucket itself would not. */
export const accessPoints = defineControl({
  id: "access-points",
  reads: ["accessPoints", "policy"],

  evaluate({ accessPoints: points, policy }, context) {
    const all = points.state === "present" ? points.value : [];
    const household = { account: context.on.account, trusted: context.own.accounts };
    const delegation = delegationsIn(policy, household);
    if (all.length === 0 && isNone(delegation)) return { kind: "not-applicable", why: noDoor };
    const judged = all.map((point) => judge(point, household, context));
    const names = all.map(({ name }) => name).join(", ");
    return judgeAll([...judged, { name: "the bucket policy", ...delegation }], {
      evidence:
        all.length === 0
          ? "no access point of this account leads to the bucket"
          : `${names}: public access is blocked, and policies let in known accounts only`,
      hold: { mode: "report-only", why: fixed },
    });
  },

  remediation: {
    mode: "report-only",
    why: "origin and public access block of an access point are fixed when it is made",
  },

  docs: {
    title: "Access points keep strangers out",
    rationale:
      "An access point has a policy and a public access block of its own, so it can let in whom no statement of the bucket policy names.",
    breaks:
      "Nothing is written. A new access point has another alias and ARN, which its clients have to learn.",
    stops: [
      "No access point of the account leads to the bucket, and its policy leaves nothing to any: not applicable.",
      "The bucket policy leaves grants to access points of any account: undecided, for those of others cannot be listed.",
    ],
  },
  references: { "security-hub": ["S3.19"] },
});

const noDoor =
  "no access point of this account leads to the bucket, and the bucket policy leaves nothing to any";
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html */
const fixed =
  "origin and public access block of an access point are fixed when it is made, and only the owners know whom its policy is for; a better one has to be made first, and its clients moved";

function isNone({ faults, doubts, notes }: Delegation): boolean {
  return faults.length + doubts.length + notes.length === 0;
}

function judge(point: AccessPoint, household: Household, { own }: Here): Judged {
  const { policy, isPublic } = point;
  const isInVpc = point.origin === "VPC";
  const block = judgeFixedBlock(point.publicAccessBlock);
  const strangers = strangersIn(
    { policy, called: "a policy", isPublic, isNeverPublic: isInVpc },
    household,
  );
  return {
    name: `the access point ${point.name}`,
    faults: [
      ...block.faults,
      ...(own.origin === "vpc" && !isInVpc
        ? [`can be reached from outside of a VPC (its origin is ${point.origin})`]
        : []),
      ...strangers.faults,
    ],
    doubts: [...block.doubts, ...strangers.doubts],
    notes: [],
  };
}
