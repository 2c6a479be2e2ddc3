import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type CallLog, createCallLog } from "./calls.ts";
import { isLogged, type Trail } from "./cloudtrail/trail.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createEndpoint, type Served } from "./server.ts";
import { createServices } from "./services.ts";
import type { CloudTrailRecord } from "./trail/cloudtrail-record.ts";
import { type ForeignCall, recordOfForeign } from "./trail/foreign-call.ts";
import { recordsOf } from "./trail/record.ts";
import { createWorld, type World } from "./world.ts";

export interface SandboxOptions {
  /** 0, which is the default, takes any free port. */
  readonly port?: number;
  readonly account?: string;
  readonly region?: string;
  /** Also make CloudTrail records of management reads. */
  readonly recordReads?: boolean;
  /** Milliseconds since 1970; the clock of the machine when left out. */
  readonly now?: () => number;
}

/** A pretended AWS on loopback, for rehearsals and tests. */
export interface Sandbox {
  /** One endpoint for all services. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** What a client needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: Faults;
  /** Hears each CloudTrail record that a trail logs, before the caller has its answer. */
  readonly onRecord: (listener: (record: CloudTrailRecord) => void) => () => void;
  /** Makes the record of a call to a service that is not played here. */
  readonly recordForeign: (call: ForeignCall) => CloudTrailRecord;
  readonly stop: () => Promise<void>;
}

/** Starts a sandbox on 127.0.0.1; it is ready when the promise resolves. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { account = "111122223333", region = "us-east-1", now = Date.now } = options;
  const world = createWorld({ account, region, now });
  const calls = createCallLog();
  const faults = createFaults();
  const recorder = createRecorder(world, options.recordReads ?? false);
  const server = createEndpoint(world, createServices(), {
    judge: faults.judge,
    served: recorder.served,
    log: calls.add,
  });
  const stop = closing(server);
  const endpoint = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  const { onRecord, recordForeign } = recorder;
  const parts = { world, calls, faults, onRecord, recordForeign };
  return { endpoint, account, region, environment, ...parts, stop };
}

function createRecorder(world: World, recordReads: boolean) {
  const listeners = new Set<(record: CloudTrailRecord) => void>();
  const record = (entry: CloudTrailRecord, trailsBefore: readonly Trail[]) => {
    world.records.push(entry);
    if (!isLogged([...trailsBefore, ...world.trails.values()], entry)) return;
    for (const listener of [...listeners]) listener(entry);
  };
  return {
    onRecord: (listener: (record: CloudTrailRecord) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    recordForeign: (call: ForeignCall) => {
      const entry = recordOfForeign(call, world);
      record(entry, []);
      return entry;
    },
    served: ({ call, service, ownerBefore, trailsBefore, failure }: Served) => {
      if (!call.write && !recordReads) return;
      const event = service.event?.(call, world, ownerBefore);
      if (event === undefined) return;
      for (const entry of recordsOf(call, event, failure)) record(entry, trailsBefore);
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo; // a TCP server that listens has one
  return address.port;
}

/** Calls that a fault leaves without an answer hold their sockets, so these are cut. */
function closing(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
}
