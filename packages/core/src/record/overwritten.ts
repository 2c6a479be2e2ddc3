import { hourMilliseconds } from "../kernel/clock.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { PolicyText } from "../model/facets.ts";
import type { FindingStates } from "../model/finding.ts";
import { isRemoval, type PlanStep } from "../model/plan.ts";
import { absent, type Known, present, printOf } from "../model/reading.ts";
import type { PolicyClaim, Task } from "../model/trigger.ts";
import { holds, isSamePolicy } from "./holds.ts";
import type { Ledger } from "./ledger.ts";
import { writtenIn } from "./pin.ts";

type PolicyStep = Extract<PlanStep, { readonly document: "policy" }>;

/** Somebody's write of a policy that one of ours may have replaced without having seen it. */
export interface OverwrittenEdit {
  readonly claim: PolicyClaim;
  /** The policy that our write was made for. */
  readonly base: Known<PolicyText>;
  /** The ledger entry of our write. */
  readonly by: string;
  /** What was there before our write was there before their call: so they came in between. */
  readonly isCertain: boolean;
}

interface Asked {
  /** Of a call on a bucket policy. */
  readonly task: Task;
  /** The policy now. */
  readonly policy: Known<PolicyText>;
  readonly known: FindingStates;
  /** Whether anything was undone on the bucket: that is a write which `known` does not tell of. */
  readonly wasUndone: boolean;
}

/**
 * S3 has no If-Match for bucket configuration: whoever writes between our last look and our write is
 * overwritten. Their event tells, and comes after our write is recorded, since both wait in one group of
 * the queue. Undefined where our writes took nothing from the call of this task.
 */
export async function overwrittenEdit(
  { task, policy, known, wasUndone }: Asked,
  ledger: Pick<Ledger, "entriesOf">,
): Promise<OverwrittenEdit | undefined> {
  const { claim, cause } = task;
  if (claim === undefined || cause.kind !== "event") return undefined;
  const call = secondOf(cause.eventTime);
  if (call === undefined || isClaimed(claim, policy)) return undefined;
  if (!wasUndone && !hasRepairsNear(known, call)) return undefined;
  const entries = await entriesBackTo(call, ledger.entriesOf(task.ref));
  // Their call was over before this task began, so its own writes had seen it.
  const suspect = policyWrites(entries, policy).find(
    (write) => write.entry.id !== task.id && meets(call, write, slackMilliseconds),
  );
  if (suspect === undefined || knows(suspect, claim)) return undefined;
  const { entry, step, isOurs } = suspect;
  const isCertain = isOurs && meets(call, suspect, 0) && isOlder(suspect, call, entries);
  return { claim, base: step.before, by: entry.id, isCertain };
}

/** One write of ours. */
interface Write {
  readonly entry: LedgerEntry;
  readonly step: PolicyStep;
  /** When its before-image was stored; the last look and the write come after it. */
  readonly at: string;
  /** All that came after it is ours too. */
  readonly isOurs: boolean;
}

/** Newest first. */
function policyWrites(
  entries: readonly LedgerEntry[],
  policy: Known<PolicyText>,
): readonly Write[] {
  let now = policy;
  let isOurs = true;
  return entries.flatMap((entry) =>
    writtenIn(entry)
      .toReversed()
      .flatMap(({ step, at }): readonly Write[] => {
        if (step.document !== "policy") return [];
        isOurs &&= holds(step, { policy: now });
        now = step.before;
        return [{ entry, step, at, isOurs }];
      }),
  );
}

/** Whether the write was made for what the call left, or left the very same. */
function knows({ step }: Write, claim: PolicyClaim): boolean {
  const wrote = isRemoval(step) ? absent : present(step.after);
  return isClaimed(claim, step.before) || isClaimed(claim, wrote);
}

/** So many entries from before the call may say nothing of the policy. */
const mostOlder = 10;

/** Newest first, up to the first one from before the call that tells of the policy. */
async function entriesBackTo(
  call: Second,
  entries: AsyncIterable<LedgerEntry>,
): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  let older = 0;
  for await (const entry of entries) {
    found.push(entry);
    if (Date.parse(entry.endedAt) >= call.from - slackMilliseconds) continue;
    older += 1;
    if (entry.plan.basedOn.policy !== undefined || older === mostOlder) break;
  }
  return found;
}

/** CloudTrail tells the second in which a call was over. In milliseconds since 1970. */
interface Second {
  readonly from: number;
  readonly to: number;
}

/** How far the clocks of S3 and of the function may differ. */
const slackMilliseconds = 1_000;

/** No function runs longer. */
const longestMilliseconds = hourMilliseconds / 4;

function secondOf(eventTime: string): Second | undefined {
  const from = Date.parse(eventTime);
  return Number.isNaN(from) ? undefined : { from, to: from + 1_000 };
}

/** Whether we repaired anything at about that time; spares most events a look into the ledger. */
function hasRepairsNear(known: FindingStates, { from, to }: Second): boolean {
  const repairs = Object.values(known).flatMap(({ contest }) => contest?.repairs ?? []);
  return repairs
    .map(({ at }) => Date.parse(at))
    .some((at) => at > from - longestMilliseconds && at < to + slackMilliseconds);
}

function meets({ from, to }: Second, { at, entry }: Write, slack: number): boolean {
  return Date.parse(at) < to + slack && Date.parse(entry.endedAt) >= from - slack;
}

/** Whether what the write was made for is known to have been there before the second of the call. */
function isOlder(
  { step: { before }, at, entry }: Write,
  { from }: Second,
  entries: readonly LedgerEntry[],
): boolean {
  if (Date.parse(at) <= from) return true;
  const { claim, cause } = entry.task;
  const caused = cause.kind === "event" ? secondOf(cause.eventTime) : undefined;
  if (claim !== undefined && caused !== undefined && caused.to <= from) {
    if (isClaimed(claim, before)) return true;
  }
  const older = entries.find(
    ({ endedAt, plan }) => Date.parse(endedAt) <= from && plan.basedOn.policy !== undefined,
  );
  if (older === undefined) return false;
  const left = writtenIn(older).findLast(({ step }) => step.document === "policy");
  return left === undefined
    ? older.plan.basedOn.policy === printOf(before)
    : holds(left.step, { policy: before });
}

function isClaimed(claim: PolicyClaim, policy: Known<PolicyText>): boolean {
  switch (claim.kind) {
    case "unseen":
      return false;
    case "removed":
      return policy.state === "absent";
    case "put":
      return policy.state === "present" && isSamePolicy(policy.value.text, claim.text);
  }
}
