import { mkdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import {
  type Caller,
  createAccessLogs,
  createClients,
  createDeployed,
  createDirectory,
  createHistory,
  createReader,
  createStopSwitch,
  createWriter,
  type Deployed,
  noStopSwitch,
  whoCalls,
} from "@bucket-warden/core/aws";
import type { Baseline } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import { InputError } from "@bucket-warden/core/kernel";
import {
  type LedgerEntry,
  type Look,
  type ManualTrigger,
  type ResourceRef,
  resourceId,
  resourceName,
  type Task,
  type UndoTrigger,
} from "@bucket-warden/core/model";
import type { Message } from "@bucket-warden/core/notify";
import { type Ports, reconcile } from "@bucket-warden/core/reconcile";
import { ledgerIn } from "@bucket-warden/core/record";
import { followUp, resolve } from "@bucket-warden/core/resolve";
import { laneOf } from "@bucket-warden/core/sweep";
import { type ManualResult, type Results, resultOf } from "@bucket-warden/functions/by-hand";
import { fieldFor } from "@bucket-warden/functions/resolving";
import { findBaseline } from "../baseline/find.ts";
import { baselinePrint } from "../baseline/source.ts";
import { folderTable } from "../ledger/folder-table.ts";
import { baselineFor } from "../scan/baseline.ts";
import { awsElsewhere, profileHere } from "./endpoint.ts";
import { alone } from "./lock.ts";
import { looksAt, newGate } from "./looks.ts";
import { clock, heard, type OnRead, tellOfRead } from "./surroundings.ts";

export interface LocalOptions {
  /** The file; the one of this folder when left out. */
  readonly baseline: string | undefined;
  /** The folder of the ledger, made where it is missing. */
  readonly ledger: string;
  /** Gets the messages that a deployed Warden would send. */
  readonly tell: (message: Message) => void;
  /** Where this folder has no baseline, the default one counts, which alerts and writes nothing. */
  readonly orDefault?: true;
  /** Gets all that is read. */
  readonly onRead?: OnRead;
  /** Ends the work in good order: the write under way is finished, and no other begins. */
  readonly signal?: AbortSignal;
}

/** The Warden in this process, with the caller's own credentials and a ledger in a folder. */
export interface Local {
  readonly caller: Caller;
  readonly reader: Ports["reader"];
  readonly ledger: Ports["ledger"];
  /** What is deployed where these credentials are used. */
  readonly deployment: {
    readonly deployed: Deployed;
    readonly stopSwitch: (parameter: string) => Ports["stopSwitch"];
  };
  readonly baseline: {
    /** The file that it comes from. */
    readonly file: string;
    /** Equal for equal baselines, however they are written. */
    readonly print: string;
    /** As it is written. */
    readonly input: unknown;
    readonly parsed: Baseline;
  };
  /** One task for each resource that is meant. */
  readonly tasksOf: (trigger: ManualTrigger | UndoTrigger) => Promise<readonly Task[]>;
  /** Looks at all of them, as fast as the account takes it, and writes nothing. */
  readonly looksAt: (tasks: readonly Task[]) => Promise<readonly Look[]>;
  /** Plans or repairs one resource, alone with it. */
  readonly workOff: (task: Task) => Promise<LedgerEntry>;
  /**
   * Plans, or repairs to the end: what has to wait is waited for. What was not begun when the signal
   * came is pending.
   */
  readonly carryOut: (trigger: ManualTrigger | UndoTrigger) => Promise<Results>;
}

/** Throws InputError for a baseline, a folder or credentials that cannot be used. */
export async function openLocal({
  baseline: file,
  ledger,
  tell,
  orDefault,
  onRead = tellOfRead,
  signal = new AbortController().signal,
}: LocalOptions): Promise<Local> {
  const { baseline, from: path, input } = await baselineFrom(file, orDefault);
  const caller = await whoCalls(profileHere());
  const gate = newGate();
  const clients = createClients({
    region: caller.region,
    ...awsElsewhere(),
    around: (at, attempt) => gate.pass(laneOf(at), attempt),
  });
  const ports: Ports = {
    reader: heard(createReader(clients), onRead),
    writer: until(signal, createWriter({ clients, clock, random: Math.random })),
    ledger: ledgerIn(folderTable(ledger)),
    history: createHistory(clients),
    accessLogs: createAccessLogs(clients),
    channel: { publish: async (message) => tell(message) },
    stopSwitch: noStopSwitch,
    clock,
  };
  const directory = createDirectory(clients, [caller.region]);
  const field = fieldFor(controls, { directory, environment: { baseline } });
  const desk = { baseline, ports, folder: ledger, signal };
  const tasksOf: Local["tasksOf"] = (trigger) =>
    Array.fromAsync(resolve(trigger, field)).catch(refuse);
  return {
    caller,
    reader: ports.reader,
    ledger: ports.ledger,
    deployment: {
      deployed: createDeployed(clients),
      stopSwitch: (parameter) => createStopSwitch(clients, parameter, clock),
    },
    baseline: { file: path, print: baselinePrint(input), input, parsed: baseline },
    tasksOf,
    looksAt: (tasks) => looksAt(tasks, { terms: termsOf(baseline), ports, gate, signal }),
    workOff: async (task) => {
      if (task.mode === "apply") await makeFolder(ledger);
      return workOff(task, desk);
    },
    carryOut: async (trigger) => {
      if (trigger.mode === "apply") await makeFolder(ledger);
      const tasks = await tasksOf(trigger);
      const results: ManualResult[] = [];
      for (const task of tasks) {
        if (signal.aborted) break;
        results.push(resultOf(await workOff(task, desk)));
      }
      const pending = tasks.slice(results.length).map(({ ref }) => resourceName(ref));
      return { results, pending };
    },
  };
}

function termsOf(baseline: Baseline) {
  return { baseline, attempt: 1, retrySeconds };
}

/** What counts here, and as it was written. */
async function baselineFrom(file: string | undefined, orDefault: true | undefined) {
  return baselineFor(orDefault === true ? file : findBaseline(file));
}

/** A writer that begins nothing once the signal came; the rest of the path goes on, to record what was. */
function until(signal: AbortSignal, writer: Ports["writer"]): Ports["writer"] {
  const stopped = {
    kind: "failed",
    error: "it was interrupted before this write",
    retry: true,
  } as const;
  return {
    write: async (step, mayTryAgain) => {
      const mayGoOn = async () => !signal.aborted && (await mayTryAgain());
      return signal.aborted ? stopped : writer.write(step, mayGoOn);
    },
  };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const problem = `the folder ${folder} cannot be made (${String(cause)})`;
    const remedy = "Give a folder in which you may write.";
    throw new InputError({ place: "--ledger", problem, remedy, cause });
  }
}

/** Where a bucket is stands in the list of all of them. */
function refuse(cause: unknown): never {
  throw new InputError({
    place: "the list of buckets",
    problem: String(cause),
    remedy: "Look at the credentials: they need s3:ListAllMyBuckets.",
    cause,
  });
}

interface Desk {
  readonly baseline: Baseline;
  readonly ports: Ports;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** The resources that wait for this one. */
  readonly waiting?: readonly ResourceRef[];
}

async function workOff(task: Task, desk: Desk): Promise<LedgerEntry> {
  const work = () => (task.planned === undefined ? untilDone(task, desk) : once(task, desk));
  return task.mode === "plan" ? work() : alone(desk.folder, task.ref, work);
}

/** What a plan wrote makes it another one, so it cannot be tried again. */
async function once(task: Task, { baseline, ports }: Desk): Promise<LedgerEntry> {
  return (await reconcile(task, termsOf(baseline), ports)).entry;
}

/** What the queue does for the deployed Warden: what is in the way comes first, then the next delivery. */
async function untilDone(task: Task, desk: Desk): Promise<LedgerEntry> {
  const { baseline, ports, signal } = desk;
  const waiting = [...(desk.waiting ?? []), task.ref];
  const cleared = new Set(waiting.map(resourceId));
  for (let attempt = 1; ; attempt += 1) {
    const { entry, behind } = await reconcile(task, { baseline, attempt, retrySeconds }, ports);
    for (const ref of behind.filter((it) => !cleared.has(resourceId(it)))) {
      if (signal.aborted) break;
      await workOff(followUp(task, ref), { ...desk, waiting });
      cleared.add(resourceId(ref));
    }
    if (entry.outcome.kind !== "retry" || signal.aborted) return entry;
    await pause(entry.outcome.afterSeconds * 1_000, signal);
    if (signal.aborted) return entry;
  }
}

const retrySeconds = 1;

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {}); // it was long enough
}
