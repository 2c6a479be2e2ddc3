import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { KeyFormat, LastLog, Logging } from "../../model/facets.ts";
import { keyFormatOf } from "../../model/key-format.ts";
import type { BucketName, BucketRef } from "../../model/ref.ts";
import type { Clients } from "../clients.ts";
import { describeError } from "../errors.ts";
import { askOnce, bucketOf, type FacetReader } from "./facet-reader.ts";
import { loggingReader } from "./logging.ts";

/**
 * Looks for log files of the bucket in its log bucket: at most three pages, however many files there
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
  for (const span of spansInHours) {
    const after = `${folder}${dateIn(format, asOf - span * hour)}`;
    const newest = await newestAfter(clients, target, { folder, after });
    if (newest === undefined) continue;
    const hours = Math.max(0, Math.floor((asOf - newest) / hour));
    return { kind: "seen", folder, hours };
  }
  return { kind: "none", folder, hours: longest };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html#server-access-logging-overview */
function folderOf(format: KeyFormat, { targetPrefix }: Logging, on: BucketRef): string {
  const own = `${targetPrefix}${on.account}/${on.region}/${on.name}/`;
  return format === "simple" ? targetPrefix : own;
}

/** Names sort by it, so that a listing can begin there. The event time stops at the day. */
function dateIn(format: KeyFormat, moment: number): string {
  const [day = "", time = ""] = new Date(moment).toISOString().split("T");
  const stamp = `${day}-${time.slice(0, 2)}`;
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

/** The newest of the first page: a busy bucket may have later ones, so it is a bound. */
async function newestAfter(
  clients: Clients,
  target: BucketRef,
  { folder, after }: { readonly folder: string; readonly after: string },
): Promise<number | undefined> {
  const range = { Prefix: folder, StartAfter: after, MaxKeys: 1_000 };
  const { Contents = [] } = await clients
    .s3(target)
    .send(new ListObjectsV2Command({ ...bucketOf(target), ...range }));
  const moments = Contents.flatMap(({ Key = "", LastModified }) =>
    isDated(Key.slice(folder.length)) && LastModified !== undefined ? [LastModified.getTime()] : [],
  );
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** Under a simple prefix other things may lie, also the logs of others below it. */
function isDated(name: string): boolean {
  return /^(\d{4}\/\d{2}\/\d{2}\/)?\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}-/.test(name);
}
