import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { KeyFormat, LastLog, Logging } from "../../model/facets.ts";
import { keyFormatOf } from "../../model/key-format.ts";
import type { BucketName, BucketRef } from "../../model/ref.ts";
import type { Clients } from "../clients.ts";
import { describeError } from "../errors.ts";
import { askOnce, bucketOf, type FacetReader } from "./facet-reader.ts";
import { loggingReader } from "./logging.ts";

/**
 * Looks for log files of the bucket in its log bucket: at most eleven pages, however many files there
 * are. What goes wrong there says nothing about the logging itself, so it is a finding of its own and
 * never an unread facet.
 */
export const lastLogReader: FacetReader<LastLog> = {
  absent: "none",
  async ask(clients, on, context) {
    const { logsAsOf } = context;
    if (logsAsOf === undefined) return { kind: "not-asked" };
    const logging = await askOnce(loggingReader, clients, on, context);
    if (logging === undefined) return undefined;
    try {
      return await newestOf(clients, on, { logging, asOf: logsAsOf });
    } catch (error) {
      return { kind: "unreadable", why: describeError(error) };
    }
  },
};

interface Question {
  readonly logging: Logging;
  /** Milliseconds since 1970. */
  readonly asOf: number;
}

const hour = 3_600_000;
/** Most buckets are answered by the first. */
const spansInHours = [3, 24, 168];
const longest = Math.max(...spansInHours);

async function newestOf(
  clients: Clients,
  on: BucketRef,
  { logging, asOf }: Question,
): Promise<LastLog> {
  const format = keyFormatOf(logging);
  if (format === undefined) return { kind: "unreadable", why: "the format of their names is new" };
  const folder = folderOf(format, logging, on);
  const target = { ...on, name: logging.targetBucket as BucketName }; // S3 itself named it
  const look = (from: number) =>
    pageAfter(clients, target, { folder, after: `${folder}${dateIn(format, from)}` });
  let silentFrom = asOf;
  for (const span of spansInHours) {
    const from = asOf - span * hour;
    const first = await look(from);
    if (first !== undefined) {
      const isTimed = format !== "partitioned-by-event-time";
      const page = isTimed ? await lastPage(look, first, { from, to: silentFrom }) : first;
      const hours = Math.max(0, Math.floor((asOf - page.newest) / hour));
      return { kind: "seen", folder, hours, ...(page.isLast || isTimed ? {} : { isAtMost: true }) };
    }
    silentFrom = from;
  }
  return { kind: "none", folder, hours: longest };
}

/** Halves the time until the page ends it, or begins within an hour of its end: a page shows the first. */
async function lastPage(
  look: (from: number) => Promise<Page | undefined>,
  first: Page,
  within: { readonly from: number; readonly to: number },
): Promise<Page> {
  let page = first;
  let { from, to } = within;
  while (!page.isLast && to - from > hour) {
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

interface Page {
  /** When the newest file on it came, in milliseconds since 1970. */
  readonly newest: number;
  /** False where later files did not fit on it. */
  readonly isLast: boolean;
}

/** Undefined where no log file is named after that. */
async function pageAfter(
  clients: Clients,
  target: BucketRef,
  { folder, after }: { readonly folder: string; readonly after: string },
): Promise<Page | undefined> {
  const range = { Prefix: folder, StartAfter: after, MaxKeys: 1_000 };
  const { Contents = [], IsTruncated: isTruncated = false } = await clients
    .s3(target)
    .send(new ListObjectsV2Command({ ...bucketOf(target), ...range }));
  const moments = Contents.flatMap(({ Key = "", LastModified }) =>
    isDated(Key.slice(folder.length)) && LastModified !== undefined ? [LastModified.getTime()] : [],
  );
  return moments.length === 0 ? undefined : { newest: Math.max(...moments), isLast: !isTruncated };
}

/** Under a simple prefix other things may lie, also the logs of others below it. */
function isDated(name: string): boolean {
  return /^(\d{4}\/\d{2}\/\d{2}\/)?\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}-/.test(name);
}
