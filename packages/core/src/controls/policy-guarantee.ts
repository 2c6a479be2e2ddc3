import type { PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { type Guarantee, type ParseResult, parse, prove } from "../policy/index.ts";
import type { Verdict } from "./control.ts";

/** Whether the bucket policy gives a guarantee, by proof; shared by the controls that ask for one. */
export function judgePolicy(
  policy: Known<PolicyText>,
  guarantee: Guarantee,
): Verdict<{ guarantee: Guarantee }> {
  const parsed = policy.state === "present" ? parse(policy.value.text) : undefined;
  if (parsed?.kind === "invalid") return notAPolicy(parsed);
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

/** The verdict on a policy that IAM does not define: nobody knows what S3 would make of it. */
export function notAPolicy({ diagnostics }: Extract<ParseResult, { kind: "invalid" }>) {
  const first = diagnostics[0];
  const where = first === undefined ? "" : ` (${first.path}: ${first.message})`;
  const why = `the bucket policy is not one that IAM defines${where}`;
  return { kind: "undecided", why } as const;
}
