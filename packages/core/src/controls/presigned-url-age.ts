import { partitionOf } from "../model/ref.ts";
import { guarantee } from "../policy/index.ts";
import { defineControl } from "./control.ts";
import { judgePolicy } from "./policy-guarantee.ts";

/** No presigned URL works longer than the baseline lets it. */
export const presignedUrlAge = defineControl({
  id: "presigned-url-age",
  reads: ["policy"],

  evaluate({ policy }, { on, own }) {
    const where = { bucket: on.name, partition: partitionOf(on.region) };
    const limit = guarantee("presigned-max-age", { seconds: own.maxAgeSeconds }, where);
    const verdict = judgePolicy(policy, limit);
    if (verdict.kind !== "drift") return verdict;
    return {
      ...verdict,
      hold: {
        mode: "approval",
        why: "URLs that were given out for longer would stop working, and nothing tells who has them",
      },
    };
  },

  remediation: {
    mode: "approval",
    writes: ["policy"],
    intents: (drift) => [{ document: "policy", kind: "ensure-guarantee", ...drift }],
  },

  docs: {
    title: "Presigned URLs work for a limited time",
    rationale:
      "Whoever signs a URL chooses how long it works, up to a week, and whoever has the URL needs no permission.",
    breaks: "URLs that were given out for longer stop working, and nothing tells who has them.",
    stops: [],
  },
  references: {},
});
