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
    breaks:
      "Clients that speak plain HTTP are denied, and with them every visitor of an S3 website endpoint.",
    stops: [
      "The bucket serves a website: asks first, because website endpoints speak plain HTTP only.",
    ],
  },
  references: { "security-hub": ["S3.5"] },
});
