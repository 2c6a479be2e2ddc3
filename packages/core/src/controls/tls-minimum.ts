import { partitionOf } from "../model/ref.ts";
import { guarantee } from "../policy/index.ts";
import { defineControl } from "./control.ts";
import { judgePolicy } from "./policy-guarantee.ts";

/** No request comes over a version of TLS that is older than the baseline's. */
export const tlsMinimum = defineControl({
  id: "tls-minimum",
  reads: ["policy"],

  evaluate({ policy }, { on, own: { minimum } }) {
    const where = { bucket: on.name, partition: partitionOf(on.region) };
    const verdict = judgePolicy(policy, guarantee("tls-minimum", { minimum }, where));
    if (verdict.kind !== "drift") return verdict;
    return { ...verdict, hold: { mode: "approval", why: consequences[minimum] } };
  },

  remediation: {
    mode: "approval",
    writes: ["policy"],
    intents: (drift) => [{ document: "policy", kind: "ensure-guarantee", ...drift }],
  },

  docs: {
    title: "Requests must use a recent version of TLS",
    rationale:
      "Some auditors want to see the version written down; 1.3 also shuts out clients with old and weak cipher suites.",
    breaks:
      "With 1.3, clients that speak only TLS 1.2 are denied, and all that comes through PrivateLink or a Multi-Region Access Point. With 1.2 nothing breaks: S3 itself refuses what is older.",
    stops: [],
  },
  references: {},
});

/**
 * https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html
 */
const consequences = {
  "1.2": "S3 itself refuses what is older than TLS 1.2, so this only writes down what holds anyway",
  "1.3":
    "clients that do not speak TLS 1.3 would be denied, and all that comes through PrivateLink or a Multi-Region Access Point",
} as const;
