import type { Settings } from "@bucket-warden/core/baseline";
import type { Control } from "@bucket-warden/core/controls";
import { type Assessment, type BucketRef, present, type Readings } from "@bucket-warden/core/model";
import { parse } from "@bucket-warden/core/policy";

/** A statement of the bucket policy on which a verdict rests. */
export interface Deciding {
  /** Where it stands in the policy, e.g. `Statement.2`. */
  readonly place: string;
  readonly sid?: string;
  /** As it is written there. */
  readonly text: string;
  /** `needed`: without it the verdict would be another. `enough`: it alone would lead to it. */
  readonly role: "needed" | "enough";
}

/** A policy has no more than a few hundred statements, and judging takes its time. */
const mostStatements = 100;

/** The statements that decide what a control says, found by judging the policy without each of them. */
export function decidingStatements(
  control: Control,
  readings: Readings,
  { on, settings }: { readonly on: BucketRef; readonly settings: Settings },
): readonly Deciding[] {
  const { policy } = readings;
  if (policy?.state !== "present" || !control.needs(on, settings).includes("policy")) return [];
  const { text } = policy.value;
  const parsed = parse(text);
  if (parsed.kind === "invalid" || parsed.policy.statements.length > mostStatements) return [];
  const verdictOn = (keep: (index: number) => boolean) =>
    control.assess({ ...readings, policy: policyWith(text, keep) }, on, settings);
  const verdict = control.assess(readings, on, settings);
  if (verdict.kind !== "compliant" && verdict.kind !== "drift") return [];
  return parsed.policy.statements.flatMap(({ index, sid, span }): readonly Deciding[] => {
    const statement = {
      place: `Statement.${index}`,
      ...(sid === undefined ? {} : { sid }),
      text: text.slice(span.start, span.end),
    };
    const without = verdictOn((it) => it !== index);
    if (!isSame(without, verdict)) return [{ ...statement, role: "needed" }];
    const none = verdictOn(() => false);
    const alone = verdictOn((it) => it === index);
    return !isSame(none, verdict) && isSame(alone, verdict)
      ? [{ ...statement, role: "enough" }]
      : [];
  });
}

function isSame(one: Assessment, other: Assessment): boolean {
  return one.kind === other.kind;
}

/** The policy with only some of its statements; how it is written does not count here. */
function policyWith(
  text: string,
  keep: (index: number) => boolean,
): NonNullable<Readings["policy"]> {
  const document = JSON.parse(text) as { readonly Statement: unknown }; // it was parsed before
  const all: readonly unknown[] = [document.Statement].flat();
  const Statement = all.filter((_, index) => keep(index));
  if (Statement.length === 0) return { state: "absent" };
  return present({ text: JSON.stringify({ ...document, Statement }) });
}
