import type { LedgerEntry } from "../model/entry.ts";
import type { FindingStates } from "../model/finding.ts";
import { type ResourceRef, resourceId } from "../model/ref.ts";
import type { Ledger, WriteBudget } from "../record/index.ts";

/**
 * The memory of a rehearsal: what people were told of each resource, and how much was written on the day.
 * Entries and before-images are not kept, so that it grows with the resources and not with the log.
 */
export function ledgerOfRehearsal(): Ledger {
  const states = new Map<string, FindingStates>();
  let latest: LedgerEntry | undefined;
  const written = { day: "", byAccount: new Map<string, number>() };
  const takeWrites = ({ account, writes, perDay, at }: WriteBudget): boolean => {
    const day = at.slice(0, 10);
    if (written.day !== day) written.byAccount.clear();
    written.day = day;
    const total = (written.byAccount.get(account) ?? 0) + writes;
    if (total > perDay) return false;
    written.byAccount.set(account, total);
    return true;
  };
  const keyOf = (on: ResourceRef) => `${on.account} ${resourceId(on)}`;
  return {
    keepBeforeImage: async (_image, budget) => budget === undefined || takeWrites(budget),
    // Only the task at hand is ever delivered again.
    earlier: async (id) => ({ images: [], ...(latest?.id === id ? { entry: latest } : {}) }),
    save: async (entry) => {
      latest = entry;
    },
    find: async () => undefined,
    entriesOf: nothing,
    findAlarm: async () => undefined,
    saveAlarm: async () => {},
    findingStates: async (on) => states.get(keyOf(on)) ?? {},
    // That the log did not tell something is no news of the bucket, so that nobody was told it.
    saveFindingStates: async (on, told) => {
      const kept = Object.entries(told).filter(([, { kind }]) => kind !== "unread");
      if (kept.length === 0) states.delete(keyOf(on));
      else states.set(keyOf(on), Object.fromEntries(kept));
    },
    waivers: async () => [],
    saveWaiver: async () => {},
    saveStanding: async () => {},
    standing: nothing,
    surveys: {
      note: async () => undefined,
      expect: async () => undefined,
      close: async () => {},
      begin: async () => undefined,
    },
    looks: {
      settled: async () => {},
      changed: async () => {},
      missed: async () => {},
      missedIn: async () => new Map(),
      of: async () => new Map(),
    },
  };
}

async function* nothing(): AsyncIterable<never> {}
