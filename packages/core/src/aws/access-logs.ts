import { GetObjectCommand } from "@aws-sdk/client-s3";
import { dayMilliseconds, hourMilliseconds } from "../kernel/clock.ts";
import type { BucketRef } from "../model/ref.ts";
import type { AccessLogs, LogFile, RecentLogs } from "../plan/index.ts";
import type { Clients } from "./clients.ts";
import { describeError } from "./errors.ts";
import { type ListedFile, type LogFiles, lastPage, logFilesOf } from "./log-files.ts";
import { bucketOf } from "./readers/facet-reader.ts";
import { loggingReader } from "./readers/logging.ts";

/**
 * Reads the newest log files that S3 delivered for a bucket, as far as time and size allow. Event
 * history has no calls on objects, so nothing else can tell who makes them.
 */
export function createAccessLogs(clients: Clients, limits: Partial<Limits> = {}): AccessLogs {
  const within = { ...usual, ...limits };
  return {
    async recent(bucket, asOf) {
      const giveUp = AbortSignal.timeout(within.patienceMilliseconds);
      try {
        return await newestOf(clients, bucket, { ...within, asOf, giveUp });
      } catch (error) {
        const why = giveUp.aborted ? "it took too long" : describeError(error);
        return { kind: "unread", why: `its access logs could not be read (${why})` };
      }
    },
  };
}

interface Limits {
  readonly mostFiles: number;
  /** Of one file; the rest of it is left out. */
  readonly bytesOfFile: number;
  /** Of all files together. */
  readonly bytes: number;
  /** For everything that is asked about one bucket. */
  readonly patienceMilliseconds: number;
}

const usual: Limits = {
  mostFiles: 100,
  bytesOfFile: 524_288,
  bytes: 8_388_608,
  patienceMilliseconds: 5_000,
};

interface Question extends Limits {
  /** Milliseconds since 1970. */
  readonly asOf: number;
  readonly giveUp: AbortSignal;
}

async function newestOf(clients: Clients, on: BucketRef, question: Question): Promise<RecentLogs> {
  const logging = await loggingReader.ask(clients, on, {});
  if (logging === undefined) return unread("S3 writes no access logs of this bucket to another");
  const logs = logFilesOf(clients, on, { logging, giveUp: question.giveUp });
  if (logs === undefined) return unread("the names of its log files are built in a new way");
  const { files, isSample } = await listed(logs, question);
  if (files.length === 0) {
    return unread(
      `no access log file came below ${logs.folder} within ${longest / dayMilliseconds} days`,
    );
  }
  const read = await readAll(clients, logs.target, { files, ...question });
  // Before the first file nobody knows whether S3 logged at all.
  const since = files[read.length - 1]?.at ?? question.asOf;
  return { kind: "read", files: read, since, isSample };
}

function unread(why: string): RecentLogs {
  return { kind: "unread", why };
}

const longest = 7 * dayMilliseconds;

interface Listed {
  /** Newest first, and no more than may be read. */
  readonly files: readonly ListedFile[];
  /** Later ones did not fit on a page. */
  readonly isSample: boolean;
}

/** Goes back only as far as it takes to find as many files as may be read. */
async function listed(
  { look, isTimed }: LogFiles,
  { asOf, mostFiles, bytes, bytesOfFile }: Question,
): Promise<Listed> {
  let last: Listed = { files: [], isSample: false };
  for (const span of [3 * hourMilliseconds, dayMilliseconds, longest]) {
    const from = asOf - span;
    const first = await look(from);
    if (first === undefined) continue;
    const page = isTimed ? await lastPage(look, first, { from, to: asOf }) : first;
    const newest = page.files.toSorted((a, b) => b.at - a.at).slice(0, mostFiles);
    const files = fitting(newest, { bytes, bytesOfFile });
    last = { files, isSample: !page.isLast };
    if (!first.isLast || files.length < page.files.length) break;
  }
  return last;
}

/** As many of the first files as have room together. */
function fitting(
  files: readonly ListedFile[],
  { bytes, bytesOfFile }: Pick<Limits, "bytes" | "bytesOfFile">,
): readonly ListedFile[] {
  let left = bytes;
  const end = files.findIndex((file) => {
    left -= Math.min(file.bytes, bytesOfFile);
    return left < 0;
  });
  return end < 0 ? files : files.slice(0, Math.max(1, end));
}

const atOnce = 10;

/** The first of the files, at least one: what time cuts off is the oldest. */
async function readAll(
  clients: Clients,
  target: BucketRef,
  { files, ...question }: Question & { readonly files: readonly ListedFile[] },
): Promise<readonly LogFile[]> {
  const read: LogFile[] = [];
  for (let start = 0; start < files.length; start += atOnce) {
    const some = files.slice(start, start + atOnce);
    try {
      const texts = some.map((file) => readOne(clients, target, { file, ...question }));
      read.push(...(await Promise.all(texts)));
    } catch (error) {
      if (read.length === 0) throw error;
      break;
    }
  }
  return read;
}

async function readOne(
  clients: Clients,
  target: BucketRef,
  { file, bytesOfFile, giveUp }: Question & { readonly file: ListedFile },
): Promise<LogFile> {
  const isWhole = file.bytes <= bytesOfFile;
  const range = isWhole ? {} : { Range: `bytes=0-${bytesOfFile - 1}` };
  const { Body } = await clients
    .s3(target)
    .send(new GetObjectCommand({ ...bucketOf(target), Key: file.key, ...range }), {
      abortSignal: giveUp,
    });
  return { text: (await Body?.transformToString()) ?? "", isWhole };
}
