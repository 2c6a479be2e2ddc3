import type { Control } from "../controls/index.ts";
import { deliveryCalls, deliveryRule } from "./delivery-change.ts";
import { keyCalls, keyFacets, keyRule } from "./key-change.ts";
import { otherCallsFor, otherRules } from "./other-change.ts";
import { type TamperRule, tamperRules } from "./tamper/rules.ts";
import { eventNamesFor, facetsTouchedBy } from "./touched.ts";
import { trailCalls, trailRule } from "./trail-change.ts";

/** An EventBridge event pattern, as plain data. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly "detail-type": readonly string[];
  readonly detail: {
    readonly eventSource: readonly string[];
    readonly eventName: readonly string[];
    readonly errorCode: readonly [{ readonly exists: false }];
  };
}

/**
 * The pattern of the rule that is deployed: successful calls that change something which one of the
 * controls reads. `source` matters: nobody but AWS can publish an event whose source begins with
 * `aws.`, so a forged record does not match.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function eventPattern(controls: readonly Control[]): EventPattern {
  const facets = new Set(controls.flatMap((control) => control.reads));
  return {
    source: ["aws.s3"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: eventNamesFor(facets),
      errorCode: [{ exists: false }],
    },
  };
}

/** A rule of the default event bus, as plain data. */
export interface EventRule {
  readonly name: string;
  readonly pattern: EventPattern | TamperRule["pattern"];
}

/** Every rule that stands in each Region of each account, for what these controls read. */
export function eventRules(controls: readonly Control[]): readonly EventRule[] {
  return [
    { name: "buckets", pattern: eventPattern(controls) },
    trailRule,
    keyRule,
    deliveryRule,
    ...otherRules,
    ...tamperRules,
  ];
}

type RuleState = "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Whether the rule of this name is only to see calls that write, or all.
 * CloudTrail may record AssumeRoot as a call that only reads, and a rule that is merely enabled sees no
 * such calls.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function ruleState(name: string): RuleState {
  return name === "tamper-sts" ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED";
}

/** The calls after which this control looks again; a call that touches all of a bucket wakes no other. */
export function callsThatWake({
  target,
  reads,
}: Pick<Control, "target" | "reads">): readonly string[] {
  const facets = new Set(reads);
  const named = eventNamesFor(facets).filter(
    (name) => target === "bucket" || facetsTouchedBy(name) !== "all",
  );
  return [
    ...named,
    ...otherCallsFor(facets),
    ...(facets.has("trails") ? trailCalls : []),
    ...(keyFacets.some((facet) => facets.has(facet)) ? keyCalls : []),
    ...(facets.has("vendedLogs") ? deliveryCalls : []),
  ];
}
