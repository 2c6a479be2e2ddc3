import { randomUUID } from "node:crypto";
import {
  type Clients,
  createAccessLogs,
  createDirectory,
  createReader,
  isThrottling,
  shareAnswers,
  whoCalls,
} from "@bucket-warden/core/aws";
import { controls, targetsOf } from "@bucket-warden/core/controls";
import { isoTime } from "@bucket-warden/core/kernel";
import {
  type AccountId,
  type Look,
  parseRegion,
  type ResourceRef,
  resourceId,
  type Task,
} from "@bucket-warden/core/model";
import { type LookPorts, lookAt } from "@bucket-warden/core/reconcile";
import { ledgerIn } from "@bucket-warden/core/record";
import { createGate, laneOf, type Swept, sweep, wasThrottled } from "@bucket-warden/core/sweep";
import { folderTable } from "../ledger/folder-table.ts";
import { profileHere } from "../local/endpoint.ts";
import { clock, heard, tellOfRead } from "../local/surroundings.ts";
import type { ScanHead } from "../output/format.ts";
import { accountsFor, clientsFor } from "./accounts.ts";
import { baselineFor } from "./baseline.ts";
import type { ScanOptions } from "./options.ts";
import { isWanted, resourcesOf, type Wanted } from "./resources.ts";

type Asked = Omit<ScanOptions, "output" | "out">;

/** A scan that is ready to begin. */
export interface Scan {
  readonly head: ScanHead;
  /** Buckets that are meant by their names: each of them is expected to be there. */
  readonly named: readonly string[];
  /** Looks at everything that is meant; can be done once. */
  readonly looks: (signal: AbortSignal) => AsyncIterable<Swept<Look>>;
  /** How many buckets are meant, counted anew; the counts come as the lists do. */
  readonly count: () => AsyncIterable<number>;
}

/** Throws InputError for a baseline, credentials, accounts or Regions that cannot be used. */
export async function openScan(asked: Asked): Promise<Scan> {
  const regions = asked.region?.map((code) => parseRegion(code, "--region")) ?? [];
  const [{ baseline, from }, caller] = await Promise.all([
    baselineFor(asked.baseline),
    whoCalls(profileHere()),
  ]);
  const accounts = await accountsFor(asked, caller);
  const { concurrency: most } = asked;
  const gate = createGate({ most, isThrottled: isThrottling });
  const clientsOf = clientsFor(asked, caller, (at, attempt) => gate.pass(laneOf(at), attempt));
  const chosen = controls.filter(({ id }) => asked.control?.includes(id) ?? true);
  const wanted: Wanted = {
    kinds: targetsOf(chosen),
    regions,
    patterns: asked.bucket ?? [],
    home: caller.region,
  };
  const directoryOf = (account: AccountId) => createDirectory(clientsOf(account), [caller.region]);
  const sources = accounts.values().map((account) => ({
    account,
    resources: resourcesOf(account, directoryOf(account), wanted),
  }));
  const terms = { baseline, attempt: 1, retrySeconds: 0 };
  const ports = portsWith(clientsOf, asked);
  const look = (on: ResourceRef) => lookAt(taskOf(on, asked), terms, ports);
  return {
    head: { startedAt: isoTime(clock), baseline: from, accounts, regions },
    named: wanted.kinds.has("bucket") ? wanted.patterns.filter((it) => !/[*?]/.test(it)) : [],
    looks: (signal) =>
      sweep(sources, { look, isThrottled: wasThrottled, gate, most, clock, signal }),
    count: () => counted(accounts, directoryOf, wanted),
  };
}

/** How old what is the same for many buckets may be, and how much of it is kept. */
const sharing = { clock, keepMilliseconds: 5 * 60_000, most: 10_000 };

/** What looks need, in the account that each is about. */
function portsWith(
  clientsOf: (account: AccountId) => Clients,
  { ledger }: Pick<Asked, "ledger">,
): LookPorts {
  const shared = shareAnswers(sharing);
  return {
    reader: heard(
      {
        read: (facet, on, context) =>
          createReader(clientsOf(on.account), shared).read(facet, on, context),
      },
      tellOfRead,
    ),
    accessLogs: {
      recent: (on, now) => createAccessLogs(clientsOf(on.account)).recent(on, now),
    },
    ledger: ledger === undefined ? nothingKnown : ledgerIn(folderTable(ledger)),
    clock,
  };
}

const nothingKnown: LookPorts["ledger"] = {
  findingStates: async () => ({}),
  waivers: async () => [],
};

function taskOf(ref: ResourceRef, { control: only }: Pick<Asked, "control">): Task {
  const cause = {
    kind: "manual",
    requestId: randomUUID(),
    requestedBy: "warden scan",
    reason: "a look at everything",
  } as const;
  const named = only === undefined ? {} : { controls: only };
  return { id: `scan#${resourceId(ref)}`, ref, cause, mode: "plan", touches: "all", ...named };
}

async function* counted(
  accounts: readonly AccountId[],
  directoryOf: (account: AccountId) => ReturnType<typeof createDirectory>,
  wanted: Wanted,
): AsyncGenerator<number, void> {
  let count = 0;
  for (const account of accounts) {
    for await (const bucket of directoryOf(account).bucketsOf(account)) {
      if (isWanted(bucket, wanted)) count += 1;
    }
    yield count;
  }
}
