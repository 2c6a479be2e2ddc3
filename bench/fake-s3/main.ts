import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { account } from "./documents.ts";
import { answerControl, answerForm, answerJson, type Items } from "./neighbours.ts";
import { type Answer, answerS3, type Buckets, failure } from "./s3.ts";
import type { FakeSettings, NotedCall, Seen } from "./start.ts";

/**
 * A pretended AWS for measurements, in a process of its own: constant answers, each after the same time.
 * It checks nothing and judges nothing; the sandbox does that. `start.ts` starts it.
 */

interface State {
  settings: FakeSettings;
  buckets: Buckets;
  items: Items;
  calls: Map<string, number>;
  noted: NotedCall[];
  sent: string[];
  inFlight: number;
  mostInFlight: number;
  second: { at: number; calls: number };
}

const state: State = fresh({ latencyMilliseconds: 30, mostPerSecond: 0, buckets: 1_000 });

function fresh(settings: FakeSettings): State {
  return {
    settings,
    buckets: { count: settings.buckets, written: new Map(Object.entries(settings.written ?? {})) },
    items: new Map(),
    calls: new Map(),
    noted: [],
    sent: [],
    inFlight: 0,
    mostInFlight: 0,
    second: { at: 0, calls: 0 },
  };
}

const server = createServer((request, response) => {
  if (request.method === "GET" || request.method === "HEAD") {
    request.resume();
    serve(request, "", response);
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => serve(request, Buffer.concat(chunks).toString("utf8"), response));
});
server.keepAliveTimeout = 60_000;

function serve(request: IncomingMessage, body: string, response: ServerResponse): void {
  const url = request.url ?? "/";
  if (url.startsWith("/_bench")) {
    response.end(JSON.stringify(control(url, body)));
    return;
  }
  state.inFlight += 1;
  state.mostInFlight = Math.max(state.mostInFlight, state.inFlight);
  const from = now();
  const { operation, status, type, body: text } = answer(request, url, body);
  state.calls.set(operation, (state.calls.get(operation) ?? 0) + 1);
  if (operation === "SendMessageBatch") state.sent.push(...messagesIn(body));
  const { settings, noted } = state;
  const latencyMilliseconds = latencyOf(request, settings);
  setTimeout(() => {
    state.inFlight -= 1;
    if (settings.notesCalls) noted.push({ operation, from, to: now(), latencyMilliseconds });
    const headers = { "content-type": type, "content-length": Buffer.byteLength(text) };
    response.writeHead(status, { ...headers, "x-amz-request-id": "0A1B2C3D4E5F6789" });
    response.end(request.method === "HEAD" ? undefined : text);
  }, latencyMilliseconds);
}

/** In milliseconds since 1970, with fractions. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function latencyOf({ headers }: IncomingMessage, settings: FakeSettings): number {
  const { latencyMilliseconds, tableMilliseconds = latencyMilliseconds } = settings;
  const isTable = String(headers["x-amz-target"]).startsWith("DynamoDB");
  return isTable ? tableMilliseconds : latencyMilliseconds;
}

function messagesIn(batch: string): readonly string[] {
  const { Entries }: { Entries: readonly { MessageBody: string }[] } = JSON.parse(batch);
  return Entries.map(({ MessageBody }) => MessageBody);
}

function answer(request: IncomingMessage, url: string, body: string): Answer {
  const { headers, method = "GET" } = request;
  const target = headers["x-amz-target"];
  if (typeof target === "string") return answerJson(target, body, state.items);
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
    return answerForm(body);
  }
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  if (path.startsWith("/v20180820/")) return answerControl(path);
  if (path.startsWith(`/${account}/`) || path.startsWith("/-/")) {
    return {
      operation: "ListVaults",
      status: 200,
      type: "application/json",
      body: '{"VaultList":[]}',
    };
  }
  if (isTooFast()) return failure("SlowDown", "", "SlowDown");
  const query = mark < 0 ? "" : url.slice(mark + 1);
  return answerS3({ method, path: decodeURIComponent(path), query, body }, state.buckets);
}

function isTooFast(): boolean {
  const { mostPerSecond } = state.settings;
  if (mostPerSecond === 0) return false;
  const at = Math.floor(performance.now() / 1_000);
  if (state.second.at !== at) state.second = { at, calls: 0 };
  state.second.calls += 1;
  return state.second.calls > mostPerSecond;
}

/** Settings are put, which starts everything anew; what was counted is read. */
function control(url: string, body: string): Seen {
  if (url.startsWith("/_bench/settings")) Object.assign(state, fresh(JSON.parse(body)));
  const { user, system } = process.cpuUsage();
  return {
    calls: Object.fromEntries(state.calls),
    mostInFlight: state.mostInFlight,
    cpuMilliseconds: (user + system) / 1_000,
    noted: state.noted,
    sent: state.sent,
  };
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  process.send?.({ endpoint: `http://127.0.0.1:${port}` });
});
process.on("disconnect", () => process.exit());
