import { randomUUID } from "node:crypto";
import { generator } from "../generator.ts";
import type { CloudTrailRecord } from "../trail/cloudtrail-record.ts";
import { type EventPattern, matchesPattern } from "./pattern.ts";

/** What EventBridge makes of a CloudTrail record. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": "AWS API Call via CloudTrail";
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: CloudTrailRecord;
}

export interface Rule {
  readonly name: string;
  readonly pattern: EventPattern;
  /** Its promise settles when the target has taken the event. */
  readonly target: (event: BusEvent) => Promise<unknown>;
  /** Read-only calls are only seen by a rule in the other state. */
  readonly state?: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" | "DISABLED";
}

/** How delivery deviates from once, at once and in order. Fractions are chances from 0 to 1. */
export interface Disorder {
  readonly seed: number;
  readonly duplicate?: number;
  readonly drop?: number;
  /** Each delivery waits a random time up to this, which also changes the order. */
  readonly maximumDelayMilliseconds?: number;
}

export interface Bus {
  readonly addRule: (rule: Rule) => void;
  /** Wraps the record and calls the targets of every rule that matches. */
  readonly deliver: (record: CloudTrailRecord) => Promise<void>;
  /** Resolves when no delivery is under way. */
  readonly idle: () => Promise<void>;
  /** What targets threw, oldest first: EventBridge would retry and then use a dead-letter queue. */
  readonly failures: readonly unknown[];
}

/** The default event bus of one account and region. */
export function createBus(options: {
  readonly account: string;
  readonly region: string;
  readonly disorder?: Disorder;
}): Bus {
  const rules: Rule[] = [];
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const plan = planner(options.disorder);
  const deliverOnce = async (record: CloudTrailRecord, delayMilliseconds: number) => {
    if (delayMilliseconds > 0) await pause(delayMilliseconds);
    const event = wrap(record, options);
    const matching = rules.filter((rule) => sees(rule, event));
    const results = await Promise.allSettled(matching.map(({ target }) => target(event)));
    for (const result of results) if (result.status === "rejected") failures.push(result.reason);
  };
  return {
    addRule: (rule) => {
      rules.push(rule);
    },
    deliver: async (record) => {
      const deliveries = plan().map((delay) => track(underWay, deliverOnce(record, delay)));
      await Promise.all(deliveries);
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    failures,
  };
}

function track(underWay: Set<Promise<void>>, delivery: Promise<void>): Promise<void> {
  underWay.add(delivery);
  return delivery.finally(() => underWay.delete(delivery));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function wrap(
  record: CloudTrailRecord,
  place: { readonly account: string; readonly region: string },
): BusEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "AWS API Call via CloudTrail",
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, "")}`,
    account: place.account,
    time: record.eventTime,
    region: place.region,
    resources: [],
    detail: record,
  };
}

function sees(rule: Rule, event: BusEvent): boolean {
  const state = rule.state ?? "ENABLED";
  if (state === "DISABLED") return false;
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
  if (state === "ENABLED" && event.detail.readOnly) return false;
  return matchesPattern(rule.pattern, event);
}

/** The delays of the deliveries of one record: none when it is dropped, two when duplicated. */
function planner(disorder: Disorder | undefined): () => readonly number[] {
  if (disorder === undefined) return () => [0];
  const draw = generator(disorder.seed);
  const delay = () => Math.floor(draw() * (disorder.maximumDelayMilliseconds ?? 0));
  return () => {
    if (draw() < (disorder.drop ?? 0)) return [];
    return draw() < (disorder.duplicate ?? 0) ? [delay(), delay()] : [delay()];
  };
}
