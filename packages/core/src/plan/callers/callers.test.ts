import { expect, test } from "vitest";
import type { RecentLogs } from "./access-logs.ts";
import { callersInWords, type Transport } from "./callers.ts";

const plainHttp: Transport = { kind: "plain-http" };
const since = Date.UTC(2026, 10, 14);

interface Seen {
  readonly bucket?: string;
  readonly requester?: string;
  readonly ip?: string;
  readonly agent?: string;
  readonly status?: number;
  readonly minute?: number;
  /** Plain HTTP when left out. */
  readonly tls?: string;
}

function line({ minute = 0, ...seen }: Seen): string {
  const {
    bucket = "photos",
    requester = user,
    ip = "192.0.2.3",
    agent = "curl/7",
    tls = "-",
  } = seen;
  const cipher = tls === "-" ? "-" : "AES";
  const time = `[20/Nov/2026:10:${String(minute).padStart(2, "0")}:00 +0000]`;
  const head = `owner ${bucket} ${time} ${ip} ${requester} id REST.GET.OBJECT a`;
  const tail = `- host SigV4 ${cipher} AuthHeader photos.s3.amazonaws.com ${tls}`;
  return `${head} "GET /a HTTP/1.1" ${seen.status ?? 200} - 1 1 1 1 "-" "${agent}" ${tail}`;
}

const user = "arn:aws:iam::111122223333:user/legacy";

function logsOf(...seen: readonly Seen[]): RecentLogs {
  const text = seen.map((it) => `${line(it)}\n`).join("");
  return { kind: "read", files: [{ text, isWhole: true }], since, isSample: false };
}

const source =
  "1 access log file since 2026-11-14T00:00:00.000Z (S3 delivers late, and not always all)";
const rest = `whatever else came over plain HTTP and is not in ${source}`;
const nobody = [`no request over plain HTTP that is in ${source}`];

test("each caller is named with how often, when last, from where and with what", () => {
  const logs = logsOf(
    { requester: "-", ip: "198.51.100.1", agent: "Mozilla/5.0", minute: 1 },
    { minute: 5, ip: "192.0.2.9" },
    { minute: 3 },
    { minute: 4, tls: "TLSv1.2" },
  );
  expect(callersInWords(logs, plainHttp, "photos")).toEqual([
    `2 requests over plain HTTP of ${user}, the last at 2026-11-20T10:05:00.000Z from 192.0.2.9 and 1 other address with curl/7`,
    "1 request over plain HTTP of anonymous callers, the last at 2026-11-20T10:01:00.000Z from 198.51.100.1 with Mozilla/5.0",
    rest,
  ]);
});

test.each<{ name: string; seen: Seen }>([
  { name: "came over TLS", seen: { tls: "TLSV1.2" } },
  { name: "was for another bucket that logs to the same place", seen: { bucket: "others" } },
  { name: "was denied already", seen: { status: 403 } },
])("a request that $name is not counted", ({ seen }) => {
  expect(callersInWords(logsOf(seen), plainHttp, "photos")).toEqual(nobody);
});

test("a request that failed otherwise is counted: it would be denied instead", () => {
  expect(callersInWords(logsOf({ status: 404 }), plainHttp, "photos")).toHaveLength(2);
});

test("sessions of one role are one caller", () => {
  const role = "arn:aws:sts::111122223333:assumed-role/importer";
  const logs = logsOf({ requester: `${role}/i-1` }, { requester: `${role}/i-2`, minute: 2 });
  expect(callersInWords(logs, plainHttp, "photos")[0]).toMatch(
    `2 requests over plain HTTP of ${role}, the last at 2026-11-20T10:02`,
  );
});

test("five callers are named, the busiest first, and the others counted", () => {
  const seen = [3, 1, 2, 1, 9, 4, 1].flatMap((times, index) =>
    Array.from({ length: times }, (_, minute) => ({ requester: `user-${index}`, minute })),
  );
  const lines = callersInWords(logsOf(...seen), plainHttp, "photos");
  expect(lines.map((it) => / of (user-\d)/.exec(it)?.[1])).toEqual([
    "user-4",
    "user-5",
    "user-0",
    "user-2",
    "user-1",
    undefined,
    undefined,
  ]);
  expect(lines.slice(-2)).toEqual(["2 requests over plain HTTP of 2 other callers", rest]);
});

test("older versions of TLS count where those are denied, plain HTTP and unknown ones do not", () => {
  const versions = ["TLSv1", "TLSv1.1", "tlsv1.2", "TLSv1.3", "-", "INVALID_RELAY_TLS_VERSION"];
  const logs = logsOf(...versions.map((tls) => ({ requester: tls, tls })));
  const seen = (than: "1.2" | "1.3") =>
    callersInWords(logs, { kind: "older-tls", than }, "photos").map((it) => it.slice(0, 40));
  expect(seen("1.2")).toEqual(
    [
      "1 request with TLS before 1.2 of TLSv1, t",
      "1 request with TLS before 1.2 of TLSv1.1,",
      "whatever else came with TLS before 1.2 a",
    ].map((it) => it.slice(0, 40)),
  );
  expect(seen("1.3")).toHaveLength(4);
});

test("what cannot be told is said: parts, samples, and lines that make no sense", () => {
  const text = `${line({})}\ngarbage\nmore garbage\n${line({})}\n`;
  const file = { text, isWhole: true };
  const cut = { text, isWhole: false };
  const logs: RecentLogs = { kind: "read", files: [file, cut], since, isSample: true };
  expect(callersInWords(logs, plainHttp, "photos").at(-1)).toBe(
    "whatever else came over plain HTTP and is not in a sample of 2 access log files since 2026-11-14T00:00:00.000Z (1 read in part; 4 lines could not be read; S3 delivers late, and not always all)",
  );
});

test("logs that could not be read are never taken for silence", () => {
  const logs: RecentLogs = { kind: "unread", why: "AccessDenied" };
  expect(callersInWords(logs, plainHttp, "photos")).toEqual([
    "callers over plain HTTP whom nobody can name: AccessDenied",
  ]);
});

test("what strangers wrote into the log is made harmless and short", () => {
  const agent = `\u001b[31m${"x".repeat(500)}`;
  const [told = ""] = callersInWords(logsOf({ agent }), plainHttp, "photos");
  expect(told).toContain("\ufffd[31mxxx");
  expect(told.endsWith("x…")).toBe(true);
  expect(told.length).toBeLessThan(400);
});
