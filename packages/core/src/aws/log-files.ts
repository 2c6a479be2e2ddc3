import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { hourMilliseconds } from "../kernel/clock.ts";
import type { KeyFormat, Logging } from "../model/facets.ts";
import { keyFormatOf } from "../model/key-format.ts";
import type { BucketName, BucketRef } from "../model/ref.ts";
import type { Clients } from "./clients.ts";
import { bucketOf } from "./readers/facet-reader.ts";

/** The log files of one bucket, where S3 puts them. */
export interface LogFiles {
  readonly target: BucketRef;
  /** What all their names begin with. */
  readonly folder: string;
  /** Whether their names tell more than the day. */
  readonly isTimed: boolean;
  /** The first page of those whose names are after a moment; undefined where there is none. */
  readonly look: (from: number) => Promise<Page | undefined>;
}

export interface Page {
  /** At least one. */
  readonly files: readonly ListedFile[];
  /** False where later files did not fit on it. */
  readonly isLast: boolean;
}

export interface ListedFile {
  readonly key: string;
  readonly bytes: number;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

interface Source {
  readonly logging: Logging;
  /** Ends the look before its time. */
  readonly giveUp?: AbortSignal;
}

/** Where the log files of a bucket are; undefined where their names are built in a way that is new. */
export function logFilesOf(
  clients: Clients,
  on: BucketRef,
  { logging, giveUp }: Source,
): LogFiles | undefined {
  const format = keyFormatOf(logging);
  if (format === undefined) return undefined;
  const folder = folderOf(format, logging, on);
  const target = { ...on, name: logging.targetBucket as BucketName }; // S3 itself named it
  const look = (from: number) => {
    const after = `${folder}${dateIn(format, from)}`;
    return pageAfter(clients, target, { folder, after, giveUp });
  };
  return { target, folder, isTimed: format !== "partitioned-by-event-time", look };
}

/** Halves the time until the page ends it, or begins within an hour of its end: a page shows the first. */
export async function lastPage(
  look: LogFiles["look"],
  first: Page,
  within: { readonly from: number; readonly to: number },
): Promise<Page> {
  let page = first;
  let { from, to } = within;
  while (!page.isLast && to - from > hourMilliseconds) {
    const middle = (from + to) / 2;
    const later = await look(middle);
    if (later === undefined) to = middle;
    else [page, from] = [later, middle];
  }
  return page;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html#server-access-logging-overview */
function folderOf(format: KeyFormat, { targetPrefix }: Logging, on: BucketRef): string {
  const own = `${targetPrefix}${on.account}/${on.region}/${on.name}/`;
  return format === "simple" ? targetPrefix : own;
}

/** Names sort by it, so that a listing can begin there. The event time stops at the day. */
function dateIn(format: KeyFormat, moment: number): string {
  const [day = "", time = ""] = new Date(moment).toISOString().split("T");
  const stamp = `${day}-${time.slice(0, 8).replaceAll(":", "-")}`;
  const folders = `${day.replaceAll("-", "/")}/`;
  switch (format) {
    case "simple":
      return stamp;
    case "partitioned-by-delivery-time":
      return `${folders}${stamp}`;
    case "partitioned-by-event-time":
      return folders;
  }
}

interface Start {
  readonly folder: string;
  readonly after: string;
  readonly giveUp: AbortSignal | undefined;
}

async function pageAfter(
  clients: Clients,
  target: BucketRef,
  { folder, after, giveUp }: Start,
): Promise<Page | undefined> {
  const range = { Prefix: folder, StartAfter: after, MaxKeys: 1_000 };
  const command = new ListObjectsV2Command({ ...bucketOf(target), ...range });
  const { Contents = [], IsTruncated: isTruncated = false } =
    giveUp === undefined
      ? await clients.bucketReads(target).send(command)
      : await clients.s3(target).send(command, { abortSignal: giveUp });
  const files = Contents.flatMap(({ Key = "", LastModified, Size = 0 }) =>
    isDated(Key.slice(folder.length)) && LastModified !== undefined
      ? [{ key: Key, bytes: Size, at: LastModified.getTime() }]
      : [],
  );
  return files.length === 0 ? undefined : { files, isLast: !isTruncated };
}

/** Under a simple prefix other things may lie, also the logs of others below it. */
function isDated(name: string): boolean {
  return /^(\d{4}\/\d{2}\/\d{2}\/)?\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}-/.test(name);
}
