import { S3 } from "@aws-sdk/client-s3";
import { controls } from "@bucket-warden/core/controls";
import { type Outcome, resourceName } from "@bucket-warden/core/model";
import type { Message } from "@bucket-warden/core/notify";
import { configure, type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import {
  createBucket,
  createKey,
  type Deployment,
  type DeploymentOptions,
  deploy,
  sandboxBaseline,
} from "@bucket-warden/sandbox/deployment";
import { names, putRolesIn, variablesOf } from "../roles/organization.ts";
import { type Deliveries, followDeliveries } from "./deliveries.ts";
import { soundDocuments, soundLogBucketPolicy } from "./sound.ts";

export interface RehearsalOptions extends Partial<DeploymentOptions> {
  /** Instead of the seconds that a task waits before it is tried again. */
  readonly retryMilliseconds?: number;
  /** Whether calls make events, which they do when this is left out. */
  readonly watch?: boolean;
  /**
   * What the roles of the functions are made for: the baseline when left out; `any-request` where people
   * also ask for repairs that the baseline leaves alone; `no-roles` where a user who may do everything
   * will do, because a test with a hundred of these is slow enough.
   */
  readonly rolesFor?: "baseline" | "any-request" | "no-roles";
}

/** The real handlers in a sandbox account with a key and a log bucket, and what a test wants to see. */
export interface Rehearsal extends Deliveries, AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly deployment: Deployment;
  readonly keyArn: string;
  readonly logBucket: string;
  /** An S3 client of the user of this name. */
  readonly as: (user: string, region?: string) => S3;
  /** A new bucket that is as the baseline wants it, made without an event. */
  readonly bucket: (purpose?: string) => string;
  /** Changes a document without an event; see `configure` of the sandbox. */
  readonly change: (bucket: string, marker: string, text: string | undefined) => void;
  readonly messages: (bucket?: string) => readonly Message[];
  /** Resolves when people were told of the bucket once more and no task for it is left. */
  readonly heard: (bucket: string) => Promise<void>;
  /** What people were told of a bucket, e.g. `fixed ssl-only`, in order. */
  readonly told: (bucket: string) => readonly string[];
  /** The writes to S3 of the product that S3 accepted, e.g. `PutBucketPolicy`. */
  readonly writes: (bucket?: string) => readonly string[];
  /** Reconciles everything on one bucket once more, as a person would ask for it. */
  readonly lookAgain: (bucket: string) => Promise<Outcome["kind"] | undefined>;
  /** Sweeps everything and resolves with what that wrote and told; doing it twice is doing it once. */
  readonly sweepAgain: () => Promise<{ readonly writes: readonly string[]; readonly told: number }>;
}

/** Most rehearsals are about buckets, in an account as AWS hands it over: without a block. */
const aboutBuckets = { "account-public-access": { mode: "off" } };

/** Gives the functions their roles, and answers with what tells them so. */
function rolesIn(
  sandbox: Sandbox,
  baseline: Readonly<Record<string, object>>,
  { rolesFor = "baseline" }: RehearsalOptions,
): Pick<DeploymentOptions, "variablesOf"> {
  if (rolesFor === "no-roles") return {};
  const permitted = rolesFor === "any-request" ? withAnyRequest(baseline) : baseline;
  putRolesIn(sandbox, permitted, { removesPolicies: true });
  return { variablesOf };
}

/** The baseline as if it let a person ask for every repair. */
function withAnyRequest(baseline: Readonly<Record<string, object>>): object {
  const repairing = controls.filter(({ writes }) => writes.length > 0);
  const asking = repairing.map(({ id }) => [id, { ...baseline[id], mode: "approve" }]);
  return { ...baseline, ...Object.fromEntries(asking) };
}

/**
 * Starts a sandbox and deploys the handlers, each with the role that is generated for it: what its policies do not
 * allow is denied. Nothing has been written when it resolves.
 */
export async function rehearse(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const sandbox = await startSandbox();
  const { account, region, world } = sandbox;
  const baseline = { ...sandboxBaseline, ...aboutBuckets, ...options.baseline };
  const roles = rolesIn(sandbox, baseline, options);
  const deployment = await deploy(sandbox, { ...roles, ...options, baseline });
  const keyArn = await createKey(sandbox, region);
  const logBucket = `bucket-warden-logs-${account}-${region}`;
  await createBucket(sandbox, logBucket, region);
  configure(world, logBucket, "policy", soundLogBucketPolicy(logBucket, account));
  configure(world, logBucket, "versioning", soundDocuments({ keyArn, logBucket }).versioning);
  const { next, ...heard } = listen(deployment);
  const retryMilliseconds = options.retryMilliseconds ?? 100;
  const deliveries = followDeliveries(sandbox, deployment, retryMilliseconds);
  if (options.watch ?? true) deployment.watch();
  return {
    sandbox,
    deployment,
    keyArn,
    logBucket,
    as: clients(sandbox),
    bucket: bucketMaker(sandbox, { keyArn, logBucket }),
    change: (bucket, marker, text) => configure(world, bucket, marker, text),
    ...heard,
    heard: async (bucket) => {
      await next(bucket);
      await deliveries.done(bucket);
    },
    writes: (bucket) => writesOf(sandbox, bucket),
    ...deliveries,
    lookAgain: async (bucket) => {
      const outcome = await lookAgain(deployment, bucket);
      await deliveries.done(bucket);
      return outcome;
    },
    sweepAgain: async () => {
      const before = { writes: writesOf(sandbox).length, told: heard.messages().length };
      await deployment.sweep();
      await deployment.idle();
      const writes = writesOf(sandbox).slice(before.writes);
      return { writes, told: heard.messages().length - before.told };
    },
    [Symbol.asyncDispose]: async () => {
      await deployment.stop();
      await sandbox.stop();
    },
  };
}

function listen(deployment: Deployment) {
  const all: Message[] = [];
  deployment.onMessage((message) => all.push(message));
  const messages = (bucket?: string): readonly Message[] =>
    bucket === undefined ? all : all.filter(({ on }) => resourceName(on) === bucket);
  const told = (bucket: string) =>
    messages(bucket).flatMap(({ notices }) => notices.map((it) => `${it.kind} ${it.control}`));
  const next = (bucket: string) =>
    new Promise<void>((resolve) => {
      const stop = deployment.onMessage(({ on }) => {
        if (resourceName(on) !== bucket) return;
        stop();
        resolve();
      });
    });
  return { messages, told, next };
}

function clients({ endpoint, region: home }: Sandbox): Rehearsal["as"] {
  const made = new Map<string, S3>();
  return (user, region = home) => {
    const key = `${user} ${region}`;
    const credentials = { accessKeyId: user, secretAccessKey: "any" };
    const client = made.get(key) ?? new S3({ endpoint, region, credentials });
    made.set(key, client);
    return client;
  };
}

/** Copies the bucket that was born last, so that a new one has all that S3 gives to new buckets. */
function bucketMaker(
  { world }: Sandbox,
  at: { readonly keyArn: string; readonly logBucket: string },
): Rehearsal["bucket"] {
  const model = world.buckets.get(at.logBucket);
  if (model === undefined) throw new Error("the log bucket comes first");
  const configuration = structuredClone(model.configuration);
  let count = 0;
  return (purpose = "data") => {
    count += 1;
    const name = `${purpose}-${count}`;
    world.buckets.set(name, { ...model, name, objects: new Map(), history: [], configuration });
    const documents = soundDocuments({ ...at, bucket: name });
    for (const [marker, text] of Object.entries(documents)) configure(world, name, marker, text);
    return name;
  };
}

function writesOf({ calls, account, world }: Sandbox, bucket?: string): readonly string[] {
  const principal =
    world.roles.size === 0
      ? `arn:aws:iam::${account}:user/bucket-warden`
      : `arn:aws:sts::${account}:assumed-role/${names.remediation}/bucket-warden`;
  return calls
    .list({ service: "s3", write: true, principal, ...(bucket === undefined ? {} : { bucket }) })
    .filter(({ status }) => status >= 200 && status < 300)
    .map(({ operation }) => operation);
}

async function lookAgain({ invoke }: Deployment, bucket: string) {
  const request = { mode: "apply", reason: "a second look", requestedBy: "test" };
  const { results } = await invoke({ ...request, bucket });
  return results[0]?.outcome.kind;
}
