import type { Clock } from "../kernel/clock.ts";
import type { AccountId, ResourceRef } from "../model/ref.ts";
import { type Bell, createBell } from "./bell.ts";
import type { Gate } from "./gate.ts";
import { laneOf } from "./lane.ts";

/** What there is in one account; iterating throws what keeps it from being listed. */
export interface Source {
  readonly account: AccountId;
  readonly resources: AsyncIterable<ResourceRef>;
}

export interface SweepTerms<L> {
  readonly look: (on: ResourceRef) => Promise<L>;
  /** Whether a look saw less than there is because AWS was asked too much. */
  readonly isThrottled: (look: L) => boolean;
  /** Through which the looks make their requests; it says how many looks a lane can take. */
  readonly gate: Pick<Gate, "limitOf">;
  /** How many looks are under way or wait to be taken, at most. */
  readonly most: number;
  readonly clock: Pick<Clock, "sleep">;
  /** Ends the sweep: what was looked at is still given, and nothing more is begun. */
  readonly signal?: AbortSignal;
}

/** A look, or an account that cannot be listed, or not to its end. */
export type Swept<L> =
  | { readonly kind: "looked"; readonly look: L }
  | { readonly kind: "unlooked"; readonly account: AccountId; readonly why: string };

/** Where AWS was asked too much, it is asked twice more before the answer is that it cannot be read. */
const mostLooks = 3;
const firstPauseMilliseconds = 1_000;

/** So many accounts are listed at once: enough to be busy while some of them are throttled. */
const accountsAtOnce = 16;

/**
 * Looks at every resource of every source, whatever their number: accounts take turns, none is listed
 * further ahead than twice `most`, and whoever is slow to take the answers slows the looks down. Throws what a
 * look throws.
 */
export async function* sweep<L>(
  sources: Iterable<Source> | AsyncIterable<Source>,
  terms: SweepTerms<L>,
): AsyncGenerator<Swept<L>, void> {
  const round = roundOf(sources, terms);
  terms.signal?.addEventListener("abort", round.bell.ring);
  try {
    for (;;) {
      if (!isStopped(round)) goOn(round);
      const answer = round.answers.shift();
      if (answer !== undefined) yield answer;
      else if (isStopped(round) || isOver(round)) break;
      else await round.bell.rung();
    }
    if (round.failure !== undefined) throw round.failure.error;
  } finally {
    terms.signal?.removeEventListener("abort", round.bell.ring);
    // A listing that hangs must not keep whoever has had enough.
    for (const { listing } of round.open) void listing.return?.().catch(ignore);
  }
}

interface Round<L> {
  readonly terms: SweepTerms<L>;
  readonly bell: Bell;
  readonly answers: Swept<L>[];
  readonly sources: AsyncIterator<Source> | Iterator<Source>;
  /** The accounts that are being looked at, the one whose turn it is first. */
  readonly open: Set<Account>;
  readonly looksIn: Map<string, number>;
  looks: number;
  opening: "idle" | "busy" | "ended";
  failure?: { readonly error: unknown };
}

interface Account {
  readonly account: AccountId;
  readonly listing: AsyncIterator<ResourceRef>;
  readonly ready: Pending[];
  /** Looks that are under way, and those that wait before they are repeated. */
  unfinished: number;
  listed: "idle" | "busy" | "ended";
}

interface Pending {
  readonly on: ResourceRef;
  /** Looks so far. */
  readonly looks: number;
}

function roundOf<L>(
  sources: Iterable<Source> | AsyncIterable<Source>,
  terms: SweepTerms<L>,
): Round<L> {
  return {
    terms,
    bell: createBell(),
    answers: [],
    sources:
      Symbol.asyncIterator in sources
        ? sources[Symbol.asyncIterator]()
        : sources[Symbol.iterator](),
    open: new Set(),
    looksIn: new Map(),
    looks: 0,
    opening: "idle",
  };
}

function isStopped<L>({ terms, failure }: Round<L>): boolean {
  return terms.signal?.aborted === true || failure !== undefined;
}

function isOver<L>({ opening, open }: Round<L>): boolean {
  return opening === "ended" && open.size === 0;
}

/** Begins whatever may begin; whatever comes to its end rings the bell. */
function goOn<L>(round: Round<L>): void {
  openAnother(round);
  for (const account of round.open) {
    listFurther(account, round);
    const { listed, ready, unfinished } = account;
    if (listed === "ended" && ready.length === 0 && unfinished === 0) round.open.delete(account);
  }
  for (let next = startable(round); next !== undefined; next = startable(round)) {
    begin(next, round);
  }
}

function openAnother<L>(round: Round<L>): void {
  if (round.opening !== "idle" || round.open.size >= accountsAtOnce) return;
  round.opening = "busy";
  settled(round, async () => {
    const { done, value } = await round.sources.next();
    round.opening = done === true ? "ended" : "idle";
    if (done === true) return;
    const listing = value.resources[Symbol.asyncIterator]();
    const { account } = value;
    round.open.add({ account, listing, ready: [], unfinished: 0, listed: "idle" });
  });
}

function listFurther<L>(account: Account, round: Round<L>): void {
  const ahead = account.ready.length + account.unfinished;
  if (account.listed !== "idle" || ahead >= 2 * round.terms.most) return;
  account.listed = "busy";
  settled(round, async () => {
    try {
      const { done, value } = await account.listing.next();
      account.listed = done === true ? "ended" : "idle";
      if (done !== true) account.ready.push({ on: value, looks: 0 });
    } catch (error) {
      account.listed = "ended";
      const why = error instanceof Error ? error.message : String(error);
      round.answers.push({ kind: "unlooked", account: account.account, why });
    }
  });
}

/** What may be looked at now, of the account whose turn it is; that account is last from then on. */
function startable<L>(round: Round<L>): (Pending & { readonly of: Account }) | undefined {
  if (round.looks + round.answers.length >= round.terms.most) return undefined;
  for (const of of round.open) {
    const place = of.ready.findIndex(({ on }) => hasRoom(laneOf(on), round));
    const [pending] = place < 0 ? [] : of.ready.splice(place, 1);
    if (pending === undefined) continue;
    round.open.delete(of);
    round.open.add(of);
    return { ...pending, of };
  }
  return undefined;
}

function hasRoom<L>(lane: string, { looksIn, terms }: Round<L>): boolean {
  return (looksIn.get(lane) ?? 0) < terms.gate.limitOf(lane);
}

function begin<L>({ of, on, looks }: Pending & { readonly of: Account }, round: Round<L>): void {
  const { terms, answers } = round;
  const lane = laneOf(on);
  of.unfinished += 1;
  count(lane, 1, round);
  settled(round, async () => {
    const look = await terms.look(on).finally(() => count(lane, -1, round));
    if (looks + 1 < mostLooks && terms.isThrottled(look)) {
      round.bell.ring(); // others need not wait for its pause
      await terms.clock.sleep(firstPauseMilliseconds * 2 ** looks);
      of.ready.push({ on, looks: looks + 1 });
    } else {
      answers.push({ kind: "looked", look });
    }
    of.unfinished -= 1;
  });
}

function count<L>(lane: string, more: 1 | -1, round: Round<L>): void {
  const looks = (round.looksIn.get(lane) ?? 0) + more;
  if (looks === 0) round.looksIn.delete(lane);
  else round.looksIn.set(lane, looks);
  round.looks += more;
}

function settled<L>(round: Round<L>, work: () => Promise<void>): void {
  void work()
    .catch((error: unknown) => {
      round.failure ??= { error };
    })
    .finally(round.bell.ring);
}

function ignore(): void {}
