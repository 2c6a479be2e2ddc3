import type { BucketFacets, PublicAccessBlock } from "../model/facets.ts";
import { isRemoval, type PlanStep } from "../model/plan.ts";
import { absent, present, printOf, type Reading } from "../model/reading.ts";
import type { AccountId, BucketRef } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";
import { allFlags, blockOf, publicAccessBlockIn } from "./access-documents.ts";
import { type BucketState, type KeptFacet, untold } from "./bucket-state.ts";
import { effectOf } from "./effects.ts";
import { stateOfNewBucket } from "./new-bucket.ts";
import type { Recorded } from "./recorded.ts";
import type { Parameters } from "./understand.ts";

/** A bucket as the log tells of it. */
export interface KnownBucket {
  readonly on: BucketRef;
  readonly state: BucketState;
  readonly isGone: boolean;
  /** The log tells of its end, or of the end of one of this name before it. */
  readonly hadEnd: boolean;
}

/** What a log tells of buckets and accounts at one moment; calls move it on. */
export interface World {
  /** A call that succeeded. They have to come in the order of their time. */
  readonly take: (recorded: Recorded) => void;
  /** A write of the Warden. */
  readonly write: (step: PlanStep) => void;
  readonly bucketNamed: (name: string, account: AccountId) => KnownBucket | undefined;
  /** Those of an account that are there, as far as any record told of them. */
  readonly bucketsOf: (account: AccountId) => Iterable<KnownBucket>;
  readonly accountBlockOf: (account: AccountId) => Reading<PublicAccessBlock> | undefined;
  /** Every bucket of every account that a record told of. */
  readonly everyBucket: () => Iterable<KnownBucket>;
}

interface Bucket extends KnownBucket {
  /** A record tells how it was made. */
  readonly isMade: boolean;
  /** By facet, the second in which it was last set. */
  readonly setAt: Map<KeptFacet, number>;
}

interface Account {
  readonly buckets: Map<string, Bucket>;
  block: Reading<PublicAccessBlock> | undefined;
}

/** What somebody knows beside the log, and what holds where no record tells otherwise. */
export interface Supposed {
  /** All of the public access block of each account, or none of it. */
  readonly accountBlock?: "on" | "off";
  /** What a bucket had when the log began. */
  readonly stateOf?: (on: BucketRef) => BucketState;
}

export function createWorld({ accountBlock, stateOf = () => ({}) }: Supposed = {}): World {
  const accounts = new Map<AccountId, Account>();
  const accountOf = (id: AccountId): Account => {
    const account = accounts.get(id) ?? { buckets: new Map(), block: blockWhere(accountBlock) };
    accounts.set(id, account);
    return account;
  };
  return {
    take: ({ change, parameters, at }) => {
      if (change === undefined) return;
      const account = accountOf(change.on.account);
      const { on } = change;
      if (on.kind === "bucket") {
        const before = account.buckets.get(on.name) ?? { ...unheardOf(on), state: stateOf(on) };
        account.buckets.set(on.name, after(before, { change, on, parameters, at }));
      } else if (on.kind === "account")
        account.block = blockAfter(change, parameters) ?? account.block;
      else if (change.touches.includes("vendedLogs")) forgetDeliveries(account);
    },
    write: (step) => {
      const account = accountOf(step.on.account);
      const value: Reading<unknown> = isRemoval(step) ? absent : present(step.after);
      if (step.document === "accountPublicAccess") {
        account.block = value as Reading<PublicAccessBlock>; // what a step of this document holds
        return;
      }
      const { name } = step.on;
      const before = account.buckets.get(name) ?? unheardOf(step.on);
      account.buckets.set(name, { ...before, state: { ...before.state, [step.document]: value } });
    },
    bucketNamed: (name, account) => accounts.get(account)?.buckets.get(name),
    bucketsOf: (account) =>
      [...(accounts.get(account)?.buckets.values() ?? [])].filter(({ isGone }) => !isGone),
    accountBlockOf: (account) => accountOf(account).block,
    *everyBucket() {
      for (const { buckets } of accounts.values()) yield* buckets.values();
    },
  };
}

function blockWhere(accountBlock: Supposed["accountBlock"]): Account["block"] {
  if (accountBlock === undefined) return undefined;
  return accountBlock === "on" ? present(blockOf(allFlags)) : absent;
}

interface BucketChange extends Pick<Recorded, "parameters" | "at"> {
  readonly change: ConfigChange;
  readonly on: BucketRef;
}

function unheardOf(on: BucketRef): Bucket {
  return { on, state: {}, isGone: false, hadEnd: false, isMade: false, setAt: new Map() };
}

function after(before: Bucket, call: BucketChange): Bucket {
  const { change, on, parameters, at } = call;
  const { hadEnd } = before;
  switch (change.eventName) {
    case "DeleteBucket":
      // What came too late tells nothing of the bucket that was made since.
      if (isOlder(at, before)) return { ...before, hadEnd: true };
      return { ...unheardOf(on), isGone: true, hadEnd: true };
    case "CreateBucket": {
      if (isOlder(at, before)) return completed(before, call);
      const again = madeAgain(before, on);
      if (again !== undefined) return again;
      const state = stateOfNewBucket({ parameters, region: on.region, at });
      return { ...unheardOf(on), hadEnd, isMade: true, state };
    }
    default: {
      // Whatever is configured is there, also where the record of its making comes too late.
      const known = before.isGone ? { ...unheardOf(on), hadEnd } : before;
      return configured(known, call);
    }
  }
}

/** Whether something of a bucket was set after this time. */
function isOlder(at: number, { setAt }: Bucket): boolean {
  return [...setAt.values()].some((time) => time > at);
}

/** The record of a bucket's making came behind those of its configuration. */
function completed(bucket: Bucket, { parameters, on, at }: BucketChange): Bucket {
  const born = stateOfNewBucket({ parameters, region: on.region, at });
  return { ...bucket, isMade: true, state: { ...born, ...bucket.state } };
}

/**
 * In us-east-1 the owner may make a bucket that is there already, which only resets its ACL. Elsewhere
 * S3 refuses, so that a record was lost of how the bucket went.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
function madeAgain(before: Bucket, on: BucketRef): Bucket | undefined {
  const isThere = before.setAt.size > 0 || before.isMade;
  if (!isThere || before.isGone || on.region !== "us-east-1") return undefined;
  const acl = untold("the bucket was made once more, which resets its ACL");
  return { ...before, state: { ...before.state, acl } };
}

function configured(bucket: Bucket, { change, parameters, at }: BucketChange): Bucket {
  const { eventName, touches, actor } = change;
  const call = { eventName, touches, parameters, callerType: actor.type, at };
  const changed = Object.entries(effectOf(call, bucket.state)).map(([name, reading]) => {
    const facet = name as KeptFacet; // `effectOf` answers with no other names
    const earlier = bucket.state[facet];
    const setAt = bucket.setAt.get(facet) ?? Number.NEGATIVE_INFINITY;
    if (earlier === undefined || setAt < at) return [facet, reading] as const;
    return [facet, setAt === at ? eitherOf(earlier, reading) : earlier] as const;
  });
  for (const [facet] of changed) {
    bucket.setAt.set(facet, Math.max(at, bucket.setAt.get(facet) ?? at));
  }
  return { ...bucket, state: { ...bucket.state, ...Object.fromEntries(changed) } };
}

/** CloudTrail tells the second of a call, and not which of two in one second was the last. */
function eitherOf(one: Reading<unknown>, other: Reading<unknown>): Reading<unknown> {
  const print = printOf(one);
  if (print !== undefined && print === printOf(other)) return other;
  return untold("two calls in the same second set it, and no record tells which was the last");
}

function blockAfter(
  { eventName }: ConfigChange,
  parameters: Parameters,
): Reading<PublicAccessBlock> | undefined {
  switch (eventName) {
    case "PutAccountPublicAccessBlock": {
      const block = publicAccessBlockIn(parameters);
      return block === undefined ? untold("the record does not show what was set") : present(block);
    }
    case "DeleteAccountPublicAccessBlock":
      return absent;
    default:
      return undefined;
  }
}

/** Which buckets a delivery is about is not in its records. */
function forgetDeliveries({ buckets }: Account): void {
  const vendedLogs: Reading<BucketFacets["vendedLogs"]> = untold(
    "deliveries of CloudWatch Logs changed, and their records do not name the bucket",
  );
  for (const [name, bucket] of buckets) {
    buckets.set(name, { ...bucket, state: { ...bucket.state, vendedLogs } });
  }
}
