import { hourMilliseconds } from "../../kernel/clock.ts";
import type { LastLog, Logging } from "../../model/facets.ts";
import type { BucketRef } from "../../model/ref.ts";
import type { Clients } from "../clients.ts";
import { describeError } from "../errors.ts";
import { lastPage, logFilesOf, type Page } from "../log-files.ts";
import { askOnce, type FacetReader } from "./facet-reader.ts";
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

/** Most buckets are answered by the first. */
const spansInHours = [3, 24, 168];
const longest = Math.max(...spansInHours);

async function newestOf(
  clients: Clients,
  on: BucketRef,
  { logging, asOf }: Question,
): Promise<LastLog> {
  const files = logFilesOf(clients, on, { logging });
  if (files === undefined) return { kind: "unreadable", why: "the format of their names is new" };
  const { folder, isTimed, look } = files;
  let silentFrom = asOf;
  for (const span of spansInHours) {
    const from = asOf - span * hourMilliseconds;
    const first = await look(from);
    if (first !== undefined) {
      const page = isTimed ? await lastPage(look, first, { from, to: silentFrom }) : first;
      const hours = Math.max(0, Math.floor((asOf - newestOn(page)) / hourMilliseconds));
      return { kind: "seen", folder, hours, ...(page.isLast || isTimed ? {} : { isAtMost: true }) };
    }
    silentFrom = from;
  }
  return { kind: "none", folder, hours: longest };
}

function newestOn({ files }: Page): number {
  return Math.max(...files.map(({ at }) => at));
}
