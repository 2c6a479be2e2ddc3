import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Call, Service } from "./call.ts";
import type { ServedCall } from "./calls.ts";
import type { Trail } from "./cloudtrail/trail.ts";
import type { Verdict } from "./faults.ts";
import { authorize } from "./iam/authorize.ts";
import { anonymous, principalOf } from "./principal.ts";
import type { Services } from "./services.ts";
import type { CallFailure } from "./trail/record.ts";
import { AwsError } from "./wire/aws-error.ts";
import { credentialOf } from "./wire/credential.ts";
import { type Answer, readRequest, type WireRequest } from "./wire/request.ts";
import type { World } from "./world.ts";

/** A call that took effect, or was refused. */
export interface Served {
  readonly call: Call;
  readonly service: Service;
  /** Whose the bucket was before the call. */
  readonly ownerBefore: string | undefined;
  /** The trails before the call: the one that stops a trail is still logged by it. */
  readonly trailsBefore: readonly Trail[];
  readonly failure: CallFailure | undefined;
}

/** What the server does besides serving. */
export interface ServerHooks {
  readonly judge: (call: Call) => Promise<Verdict>;
  /** After the call took effect, before its answer leaves. */
  readonly served: (done: Served) => void;
  readonly log: (call: ServedCall) => void;
}

/** The HTTP server in front of all services. It listens on nothing until told. */
export function createEndpoint(world: World, services: Services, hooks: ServerHooks): Server {
  const on: Endpoint = { world, services, hooks };
  return createServer((incoming, response) => {
    answer(on, incoming, response).catch((error: unknown) => {
      // A bug in the sandbox: shown to the client, because there is nobody else to tell.
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      response.writeHead(500, { "content-type": "text/plain" }).end(`The sandbox failed: ${text}`);
    });
  });
}

interface Endpoint {
  readonly world: World;
  readonly services: Services;
  readonly hooks: ServerHooks;
}

async function answer(
  on: Endpoint,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  const { call, service } = understand(on, request);
  const verdict = await on.hooks.judge(call);
  if (verdict.kind === "serve") {
    await pause(verdict.delayMilliseconds);
    const { readsAsOf, date } = verdict;
    const seen = readsAsOf === undefined ? call : { ...call, readsAsOf };
    const done = await perform(on, seen, service);
    send(on, response, call, { answer: dated(done.answer, date), errorCode: done.failure?.code });
    return;
  }
  if (verdict.landed) await perform(on, call, service);
  fail(on, response, { call, service, verdict });
}

function fail(
  on: Endpoint,
  response: ServerResponse,
  failed: {
    readonly call: Call;
    readonly service: Service;
    readonly verdict: Exclude<Verdict, { kind: "serve" }>;
  },
): void {
  const { call, service, verdict } = failed;
  switch (verdict.kind) {
    case "silence":
      on.hooks.log(entryOf(call, 0, "Timeout"));
      break;
    case "cut":
      on.hooks.log(entryOf(call, 0, "ConnectionReset"));
      response.destroy();
      break;
    case "error":
      if (!verdict.landed) tell(on, { ...before(on, call), call, service }, verdict.error);
      send(on, response, call, {
        answer: dated(service.refuse(verdict.error, call), verdict.date),
        errorCode: verdict.error.code,
      });
      break;
  }
}

/** Clients learn from the date of an answer how far their clock is off. */
function dated(answer: Answer, date: string | undefined): Answer {
  return date === undefined ? answer : { ...answer, headers: { ...answer.headers, date } };
}

async function pause(milliseconds: number): Promise<void> {
  if (milliseconds === 0) return;
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/** Which call a request is: service and region by the signature's scope, the rest by the service. */
function understand(on: Endpoint, request: WireRequest): { call: Call; service: Service } {
  const { world, services } = on;
  const credential = credentialOf(request);
  const service = services.find(credential?.service, request);
  const call: Call = {
    ...service.identify(request),
    id: randomBytes(8).toString("hex").toUpperCase(),
    at: world.now(),
    service: service.name,
    principal:
      credential === undefined
        ? anonymous
        : principalOf(credential.accessKey, world.account, world.sessions),
    region: credential?.region ?? world.region,
    request,
  };
  return { call, service };
}

async function perform(
  on: Endpoint,
  call: Call,
  service: Service,
): Promise<{ answer: Answer; failure: AwsError | undefined }> {
  const earlier = before(on, call);
  const result = await attempt(on, call, service);
  tell(on, { ...earlier, call, service }, result.failure);
  return result;
}

async function attempt(
  { world }: Endpoint,
  call: Call,
  service: Service,
): Promise<{ answer: Answer; failure: AwsError | undefined }> {
  try {
    authorize(call, world);
    return { answer: await service.serve(call, world), failure: undefined };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { answer: service.refuse(error, call), failure: error };
  }
}

function before({ world }: Endpoint, call: Call): Pick<Served, "ownerBefore" | "trailsBefore"> {
  return {
    ownerBefore: world.buckets.get(call.bucket ?? "")?.account,
    trailsBefore: [...world.trails.values()],
  };
}

function tell(on: Endpoint, done: Omit<Served, "failure">, error: AwsError | undefined): void {
  const failure = error === undefined ? undefined : { code: error.code, message: error.message };
  on.hooks.served({ ...done, failure });
}

function send(
  on: Endpoint,
  response: ServerResponse,
  call: Call,
  { answer, errorCode }: { readonly answer: Answer; readonly errorCode: string | undefined },
): void {
  const { status, headers, body } = answer;
  on.hooks.log(entryOf(call, status, errorCode));
  const length = headers["content-length"] ?? String(Buffer.byteLength(body));
  // The length is of no use, and not allowed, where there can be no body.
  const framing = status === 204 ? {} : { "content-length": length };
  response.writeHead(status, { ...headers, ...framing }).end(body);
}

function entryOf(call: Call, status: number, errorCode: string | undefined): ServedCall {
  return {
    at: call.at,
    service: call.service,
    operation: call.operation,
    ...(call.bucket === undefined ? {} : { bucket: call.bucket }),
    principal: call.principal.arn,
    region: call.region,
    status,
    ...(errorCode === undefined ? {} : { errorCode: errorCode.replace(/^.*#/, "") }),
    write: call.write,
  };
}
