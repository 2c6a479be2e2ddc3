import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { once } from "../kernel/once.ts";
import type { AccountId, Region, ResourceRef } from "../model/ref.ts";
import { partitionOf } from "../model/ref.ts";
import { type AroundAttempt, type BucketReads, createBucketReads } from "./lean/bucket-reads.ts";
import { sessionsOf } from "./member-credentials.ts";

export interface AwsOptions {
  /** The region of queue, table and topic. */
  readonly region: Region;
  /** Instead of AWS's own endpoints, e.g. the sandbox. */
  readonly endpoint?: string;
  /** Instead of the SDK's default chain. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** How long one attempt of one call may take; 5,000 when left out. */
  readonly requestTimeoutMilliseconds?: number;
  /** The role to assume in the account of a bucket; without it the own credentials are used. */
  readonly memberRole?: { readonly name: string; readonly externalId?: string };
  /** What surrounds every attempt of every call about an account, e.g. a limit for them. */
  readonly around?: Around;
}

/** Answers what the attempt answers, and throws what it throws. */
export type Around = <T>(at: Place, attempt: () => Promise<T>) => Promise<T>;

/**
 * SDK clients, made on first use and kept: connections and assumed roles outlive one event. Only what
 * most events need is named here, because every function loads what this file imports.
 */
export interface Clients {
  readonly s3: (at: Place) => S3Client;
  /** For reads of the settings of buckets and lists of log files, of which there are many. */
  readonly bucketReads: (at: Place) => BucketReads;
  /**
   * For writes: a call is made once, over the connections of `s3`, and only in the Region for which the
   * bucket was judged. One that was made again elsewhere would get a key or a log bucket of the wrong one.
   */
  readonly s3Once: (at: Place) => S3Client;
  /** Of any other service, with what may be asked of the account there. */
  readonly of: <C extends SdkClient>(Client: Making<C>, at: Place, terms?: ClientTerms) => C;
  /** Of any other service, with the own credentials, at home where no Region is given. */
  readonly own: <C extends SdkClient>(Client: Making<C>, region?: Region) => C;
  readonly dynamodb: () => DynamoDBClient;
  /** Where AWS is, if not in its own places. */
  readonly endpoint?: string;
}

interface SdkClient {
  readonly middlewareStack: object;
}

/** A class of clients of the SDK. */
type Making<C> = new (config: ReturnType<typeof baseConfig> & { readonly region: Region }) => C;

/** What is not the same for all clients of a service. */
export interface ClientTerms {
  /** 3 when left out. */
  readonly maxAttempts?: number;
  /** Instead of the rules by which the SDK finds a service; the same for all clients of a class. */
  readonly endpointProvider?: () => { readonly url: URL; readonly properties: object };
}

export type Place = Pick<ResourceRef, "account" | "region">;

export function createClients(options: AwsOptions): Clients {
  const home = { ...baseConfig(options), region: options.region };
  const sessionIn = memberSessions(options);
  const member = ({ account, region }: Place) => ({ ...home, region, ...sessionIn(account) });
  const perPlace = placesWith(options.around);
  const s3 = perPlace((at) => new S3Client({ ...member(at), followRegionRedirects: true }));
  return {
    s3,
    bucketReads: keptPerPlace((at) => createBucketReads(s3(at), aroundAt(options.around, at))),
    s3Once: perPlace((at) => {
      const { requestHandler } = s3(at).config;
      return new S3Client({ ...member(at), maxAttempts: 1, requestHandler });
    }),
    of: keptPerClass((Client, at: Place, terms: ClientTerms = {}) => {
      const client = new Client({ ...member(at), ...terms });
      if (options.around !== undefined) surround(client, aroundAt(options.around, at));
      return client;
    }),
    own: keptPerClass((Client, region: Region = options.region) => new Client({ ...home, region })),
    dynamodb: once(() => new DynamoDBClient(home)),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
}

/** The SDK would let 50 requests wait for each other; whoever makes many has a limit of his own. */
const connections = { maxSockets: Number.POSITIVE_INFINITY };

function baseConfig({ endpoint, credentials, requestTimeoutMilliseconds }: AwsOptions) {
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: requestTimeoutMilliseconds ?? 5_000,
      throwOnRequestTimeout: true, // without it the SDK only prints a warning
      httpAgent: connections,
      httpsAgent: connections,
    },
  };
}

/** The credentials of a role in the account, where there is one to assume. */
function memberSessions(options: AwsOptions) {
  const { memberRole, region, credentials } = options;
  if (memberRole === undefined) return () => ({});
  const { name, externalId } = memberRole;
  const { requestHandler: _, ...client } = baseConfig(options);
  const sessionIn = sessionsOf((account) =>
    fromTemporaryCredentials({
      params: {
        RoleArn: `arn:${partitionOf(region)}:iam::${account}:role/${name}`,
        RoleSessionName: "bucket-warden",
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      },
      clientConfig: { ...client, region },
      ...(credentials === undefined ? {} : { masterCredentials: credentials }),
    }),
  );
  return (account: AccountId) => ({ credentials: sessionIn(account) });
}

/** Makes the clients of each place once. */
function placesWith(around: Around | undefined) {
  return <T extends { readonly middlewareStack: object }>(
    make: (at: Place) => T,
  ): ((at: Place) => T) =>
    keptPerPlace((at) => {
      const client = make(at);
      if (around !== undefined) surround(client, aroundAt(around, at));
      return client;
    });
}

function keptPerPlace<T>(make: (at: Place) => T): (at: Place) => T {
  const made = new Map<`${AccountId}/${Region}`, T>();
  return (at) => {
    const key = `${at.account}/${at.region}` as const;
    const kept = made.get(key) ?? make(at);
    made.set(key, kept);
    return kept;
  };
}

function aroundAt(around: Around | undefined, at: Place): AroundAttempt {
  return around === undefined ? (attempt) => attempt() : (attempt) => around(at, attempt);
}

/** Within the retries, so that each attempt is one; errors have their names there already. */
function surround(client: { readonly middlewareStack: object }, around: AroundAttempt): void {
  // The stack is the same for every service; only the types of what goes through it are not.
  const stack = client.middlewareStack as S3Client["middlewareStack"];
  const place = { step: "finalizeRequest", priority: "low", name: "bucketWardenAround" } as const;
  stack.add((next) => (call) => around(() => next(call)), place);
}

/** Makes a client once for each class and whatever else it is made of. */
function keptPerClass<Rest extends readonly unknown[]>(
  make: <C extends SdkClient>(Client: Making<C>, ...rest: Rest) => C,
) {
  const made = new Map<Making<SdkClient>, Map<string, SdkClient>>();
  return <C extends SdkClient>(Client: Making<C>, ...rest: Rest): C => {
    const ofClass = made.get(Client) ?? new Map<string, SdkClient>();
    made.set(Client, ofClass);
    const key = JSON.stringify(rest);
    const client = ofClass.get(key) ?? make(Client, ...rest);
    ofClass.set(key, client);
    return client as C; // what stands under a class was made by it
  };
}
