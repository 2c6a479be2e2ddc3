import { printable } from "../../kernel/printable.ts";
import { type LoggedRequest, parseAccessLog } from "./access-log.ts";
import type { RecentLogs } from "./access-logs.ts";

/** Requests that a new policy would deny for the way in which they come. */
export type Transport =
  | { readonly kind: "plain-http" }
  | { readonly kind: "older-tls"; readonly than: "1.2" | "1.3" };

/**
 * Who called the bucket in such a way, as its access logs tell, in words that follow "it would deny":
 * one for each of the busiest callers, then how far the logs can tell. Never empty.
 */
export function callersInWords(
  logs: RecentLogs,
  transport: Transport,
  bucket: string,
): readonly string[] {
  const manner = mannerOf(transport);
  if (logs.kind === "unread") return [`callers ${manner} whom nobody can name: ${logs.why}`];
  const parsed = logs.files.map(({ text, isWhole }) => parseAccessLog(text, isWhole));
  const requests = parsed.flatMap((file) => file.requests).filter((it) => it.bucket === bucket);
  const felt = requests.filter((it) => it.status !== deniedAlready && isBy(transport, it));
  const unreadable = parsed.reduce((sum, file) => sum + file.unreadable, 0);
  const source = sourceOf(logs, unreadable);
  if (felt.length === 0) return [`no request ${manner} that is in ${source}`];
  return [...linesOf(felt, manner), `whatever else came ${manner} and is not in ${source}`];
}

function mannerOf(transport: Transport): string {
  return transport.kind === "plain-http" ? "over plain HTTP" : `with TLS before ${transport.than}`;
}

const deniedAlready = 403;

function isBy(transport: Transport, { tls }: LoggedRequest): boolean {
  if (transport.kind === "plain-http") return tls === "none";
  const [, version] = /^TLSv(\d+(?:\.\d+)?)$/i.exec(tls ?? "") ?? [];
  return version !== undefined && Number(version) < Number(transport.than);
}

function sourceOf(
  { files, since, isSample }: Extract<RecentLogs, { kind: "read" }>,
  unreadable: number,
): string {
  const cut = files.filter(({ isWhole }) => !isWhole).length;
  const sample = isSample ? "a sample of " : "";
  const doubts = [
    ...(cut === 0 ? [] : [`${cut} read in part`]),
    ...(unreadable === 0 ? [] : [`${counted(unreadable, "line")} could not be read`]),
    "S3 delivers late, and not always all",
  ];
  const what = `${sample}${counted(files.length, "access log file")}`;
  return `${what} since ${new Date(since).toISOString()} (${doubts.join("; ")})`;
}

interface Caller {
  readonly name: string;
  readonly count: number;
  readonly latest: LoggedRequest;
  readonly addresses: number;
}

const mostCallers = 5;

function linesOf(requests: readonly LoggedRequest[], manner: string): readonly string[] {
  const callers = [...Map.groupBy(requests, nameOf)]
    .map(([name, theirs]) => callerOf(name, theirs))
    .sort((a, b) => b.count - a.count || b.latest.at - a.latest.at);
  const rest = callers.slice(mostCallers);
  const more = rest.reduce((sum, { count }) => sum + count, 0);
  return [
    ...callers.slice(0, mostCallers).map((caller) => lineOf(caller, manner)),
    ...(more === 0
      ? []
      : [`${counted(more, "request")} ${manner} of ${counted(rest.length, "other caller")}`]),
  ];
}

/** `requests` has at least one. */
function callerOf(name: string, requests: readonly LoggedRequest[]): Caller {
  const latest = requests.reduce((last, it) => (it.at > last.at ? it : last));
  const addresses = new Set(requests.map(({ remoteIp }) => remoteIp)).size;
  return { name, count: requests.length, latest, addresses };
}

/** Sessions of one role are one caller. */
function nameOf({ requester }: LoggedRequest): string {
  if (requester === "-") return "anonymous callers";
  const [role] = /^arn:[^:]+:sts::\d*:assumed-role\/[^/]+/.exec(requester) ?? [];
  return role ?? requester;
}

function lineOf({ name, count, latest, addresses }: Caller, manner: string): string {
  const others = addresses - 1;
  const also = others === 0 ? "" : ` and ${counted(others, "other address", "other addresses")}`;
  const tool = latest.userAgent === "-" ? "" : ` with ${shown(latest.userAgent)}`;
  const last = new Date(latest.at).toISOString();
  const from = `${shown(latest.remoteIp)}${also}`;
  return `${counted(count, "request")} ${manner} of ${shown(name)}, the last at ${last} from ${from}${tool}`;
}

const longestName = 200;

function shown(text: string): string {
  return printable(text.length > longestName ? `${text.slice(0, longestName)}…` : text);
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
