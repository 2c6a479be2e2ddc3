import { partitionOf } from "../model/ref.ts";
import { guarantee } from "../policy/index.ts";
import { defineControl } from "./control.ts";
import { judgePolicy } from "./policy-guarantee.ts";

/** Every request to the bucket must use TLS. */
export const sslOnly = defineControl({
  id: "ssl-only",
  reads: ["policy", "website"],

  evaluate({ policy, website }, { on }) {
    const where = { bucket: on.name, partition: partitionOf(on.region) };
    const verdict = judgePolicy(policy, guarantee("ssl-only", {}, where));
    if (verdict.kind !== "drift" || website.state === "absent") return verdict;
    return {
      ...verdict,
      hold: {
        mode: "approval",
        why: "the bucket serves a website, and S3 website endpoints speak plain HTTP only",
      },
    };
  },

  remediation: {
    mode: "automatic",
    writes: ["policy"],
    intents: (drift) => [{ document: "policy", kind: "ensure-guarantee", ...drift }],
  },

  docs: {
    title: "Requests must use TLS",
    rationale: "Over plain HTTP, object data and signed URLs can be read and changed on the way.",
  },
  references: {
    "security-hub": ["S3.5"],
    "config-rule": ["s3-bucket-ssl-requests-only"],
    "cis-aws-foundations": ["v5.0 2.1.1", "v6.0 3.1.1"],
  },
});
