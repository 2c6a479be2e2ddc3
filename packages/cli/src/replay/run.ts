import { createLogStore } from "@bucket-warden/core/aws";
import type { OwnResources } from "@bucket-warden/core/event";
import type { RehearsalTerms } from "@bucket-warden/core/rehearsal";
import { createWorld, type Supposed, type World } from "@bucket-warden/core/rehearse";
import { isQuiet, note, print } from "../terminal.ts";
import { ahead } from "./ahead.ts";
import { type Aws, openAws } from "./aws.ts";
import { exitCodeOfReplay } from "./exit-code.ts";
import { newHistory } from "./history.ts";
import { liveReader, readUntold, type Standing, standingOf } from "./live.ts";
import { type Found, filesAt, inOrderOfTime } from "./log-files.ts";
import { printReplay } from "./print.ts";
import { printHistory } from "./print-history.ts";
import { showBytes } from "./progress.ts";
import { type Cast, type Result, rehearsalOf } from "./rehearsal.ts";
import { type ReplaySummary, replay } from "./replay.ts";
import { storedBelow } from "./stored-files.ts";

export interface ReplayRequest {
  readonly paths: readonly string[];
  readonly own: OwnResources;
  readonly baseline?: string;
  readonly compare?: string;
  readonly bucket?: string;
  readonly live?: boolean;
  readonly accountBlock?: "on" | "off";
  /** In seconds. */
  readonly delay: number;
  readonly json?: boolean;
}

/** Replays, prints and answers the exit code. Throws InputError for what cannot be used at all. */
export async function runReplay(request: ReplayRequest): Promise<0 | 2 | 3> {
  const { paths, bucket, live = false } = request;
  const aws = once(openAws);
  const found = inOrderOfTime(await filesAt(paths, (path) => inS3(path, aws)));
  const supposed = await supposedFor(request, found, aws);
  const history = bucket === undefined ? undefined : newHistory(bucket);
  const terms = { delaySeconds: request.delay, supposed };
  const heard = history === undefined ? terms : { ...terms, hear: history.hear };
  const casts = await castsFor(request, heard, terms);
  const rehearsals = casts.map(({ rehearsal }) => rehearsal);
  const summary = await readAll(found, { own: request.own, rehearsals });
  const results = await Promise.all(casts.map(resultOf));
  const standing = live ? await standingNow(casts, results, await aws()) : undefined;
  if (history !== undefined) printHistory(history.moments(), request);
  else show(summary, { results, standing }, request);
  return exitCodeOfReplay(summary, results);
}

async function inS3(path: string, aws: () => Promise<Aws>) {
  const { clients, caller } = await aws();
  return storedBelow(path, createLogStore(clients, caller));
}

/** What is known beside the log; for what is there now the log is read once before. */
async function supposedFor(
  { live, accountBlock, own }: ReplayRequest,
  found: Found,
  aws: () => Promise<Aws>,
): Promise<Supposed> {
  const told = accountBlock === undefined ? {} : { accountBlock };
  if (live !== true) return told;
  const reader = liveReader(await aws());
  const world = createWorld();
  await readAll(found, { own, rehearsals: [follower(world)] });
  note("Reads what no record changes, with your own credentials.");
  return { ...(await readUntold(world, reader)), ...told };
}

/** Follows the calls and tries nothing on them. */
function follower(world: World) {
  return { take: async (...[call]: Parameters<World["take"]>) => world.take(call) };
}

async function castsFor(
  { baseline, compare }: ReplayRequest,
  heard: Pick<RehearsalTerms, "delaySeconds" | "supposed" | "hear">,
  terms: Pick<RehearsalTerms, "delaySeconds" | "supposed">,
): Promise<readonly Cast[]> {
  const first = await rehearsalOf(baseline, heard);
  return compare === undefined ? [first] : [first, await rehearsalOf(compare, terms)];
}

async function readAll(
  found: Found,
  options: Pick<NonNullable<Parameters<typeof replay>[1]>, "own" | "rehearsals">,
): Promise<ReplaySummary> {
  const progress = isQuiet() ? undefined : showBytes(found.files, process.stderr);
  const files = ahead(found.files);
  try {
    return await replay({ ...found, files }, { ...options, onBytes: (by) => progress?.step(by) });
  } finally {
    progress?.stop();
  }
}

async function resultOf({ name, rehearsal }: Cast): Promise<Result> {
  return { baseline: name, ...(await rehearsal.end()) };
}

async function standingNow(
  [cast]: readonly Cast[],
  [result]: readonly Result[],
  aws: Aws,
): Promise<readonly Standing[]> {
  if (cast === undefined || result === undefined) return [];
  return standingOf(result.found, cast.baseline, liveReader(aws));
}

interface Outcome {
  readonly results: readonly Result[];
  readonly standing: readonly Standing[] | undefined;
}

function show(summary: ReplaySummary, outcome: Outcome, { json }: ReplayRequest): void {
  const { results, standing } = outcome;
  if (json !== true) {
    printReplay(summary, results, standing);
    return;
  }
  const live = standing === undefined ? {} : { live: standing };
  print(JSON.stringify({ ...summary, rehearsals: results, ...live }));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
