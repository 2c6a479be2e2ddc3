import type { PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { type Guarantee, parse, prove } from "../policy/index.ts";
import type { Verdict } from "./control.ts";

/** Whether the bucket policy gives a guarantee, by proof; shared by the controls that ask for one. */
export function judgePolicy(
  policy: Known<PolicyText>,
  guarantee: Guarantee,
): Verdict<{ guarantee: Guarantee }> {
  const parsed = policy.state === "present" ? parse(policy.value.text) : undefined;
  if (parsed?.kind === "invalid") {
    const first = parsed.diagnostics[0];
    const where = first === undefined ? "" : ` (${first.path}: ${first.message})`;
    return { kind: "undecided", why: `the bucket policy is not one that IAM defines${where}` };
  }
  const proof = prove(parsed?.policy, guarantee);
  switch (proof.kind) {
    case "proven":
      return { kind: "compliant", evidence: `proven for every request: ${guarantee.sentence}` };
    case "undecided":
      return { kind: "undecided", why: proof.why };
    case "refuted":
      return {
        kind: "drift",
        summary: `the bucket policy does not enforce it: ${guarantee.sentence}`,
        witness: proof.sentence,
        detail: { guarantee },
      };
  }
}
