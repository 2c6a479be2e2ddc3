import {
  ListBucketsCommand,
  type ListBucketsOutput,
  paginateListBuckets,
} from "@aws-sdk/client-s3";
import { otherKindOf } from "../model/bucket-kind.ts";
import {
  type BucketRef,
  bucketNamedBy,
  parseBucketName,
  parseRegion,
  partitionOf,
  type Region,
} from "../model/ref.ts";
import type { BucketPage, Directory } from "../resolve/index.ts";
import { bucketsWhere } from "./buckets-where.ts";
import type { Clients, Place } from "./clients.ts";
import { encryptionReader } from "./readers/encryption.ts";
import { loggingReader } from "./readers/logging.ts";

/**
 * Lists the buckets of an account, page by page: S3 refuses unpaged calls above 10,000 buckets.
 * The Regions are the same for every account, the home Region first.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 */
export function createDirectory(
  clients: Clients,
  regions: readonly [Region, ...Region[]],
): Directory {
  const [home] = regions;
  const bucketsIn = async function* ({ account, region }: Place) {
    for await (const bucket of bucketsOf(clients, { account, region: home })) {
      if (bucket.region === region) yield bucket;
    }
  };
  return {
    regionsOf: () => regions,
    bucketsOf: (account) => bucketsOf(clients, { account, region: home }),
    pageOf: (account, token) => pageOf(clients, { account, region: home }, token),
    bucketNamed: async (name, account) => {
      const named = bucketsOf(clients, { account, region: home }, name);
      for await (const bucket of named) if (bucket.name === name) return bucket;
      return undefined;
    },
    sourcesOf: (target) =>
      bucketsWhere(bucketsIn(target), async (bucket) => {
        const logging = await loggingReader.ask(clients, bucket, {});
        return logging?.targetBucket === target.name;
      }),
    bucketsUsingKey: (keys, at) => {
      const isOneOf = keyMatcher(clients, keys, at);
      return bucketsWhere(bucketsIn(at), async (bucket) => {
        const encryption = await encryptionReader.ask(clients, bucket, {});
        return encryption?.keyId !== undefined && isOneOf(encryption.keyId);
      });
    },
    bucketBehind: (accessPoint, at) => bucketBehind(clients, accessPoint, at),
    bucketsDelivering: (source, at) => bucketsDelivering(clients, source, at),
    bucketsNotLogged: (at) =>
      bucketsWhere(bucketsIn(at), async (bucket) => {
        return (await loggingReader.ask(clients, bucket, {})) === undefined;
      }),
  };
}

async function* bucketsOf(clients: Clients, at: Place, Prefix?: string): AsyncIterable<BucketRef> {
  const client = clients.s3(at);
  const named = Prefix === undefined ? {} : { Prefix };
  for await (const page of paginateListBuckets({ client, pageSize }, named)) {
    yield* bucketsOn(page, at);
  }
}

const pageSize = 1_000;

async function pageOf(
  clients: Clients,
  at: Place,
  ContinuationToken?: string,
): Promise<BucketPage> {
  const from = ContinuationToken === undefined ? {} : { ContinuationToken };
  const page = await clients.s3(at).send(new ListBucketsCommand({ MaxBuckets: pageSize, ...from }));
  const next = page.ContinuationToken;
  return { buckets: bucketsOn(page, at), ...(next === undefined ? {} : { next }) };
}

function bucketsOn({ Buckets = [] }: ListBucketsOutput, at: Place): readonly BucketRef[] {
  return Buckets.filter(({ Name = "" }) => otherKindOf(Name) === undefined).map(
    ({ Name = "", BucketRegion = at.region }) => ({
      kind: "bucket",
      name: parseBucketName(Name, "ListBuckets"),
      account: at.account,
      region: parseRegion(BucketRegion, "ListBuckets"),
    }),
  );
}

/** Whether a name that a bucket has for its key means one of these; each alias is looked up once. */
function keyMatcher(clients: Clients, keys: readonly string[], at: Place) {
  const here = `arn:${partitionOf(at.region)}:kms:${at.region}:${at.account}`;
  const behind = new Map<string, Promise<string>>();
  return async (named: string): Promise<boolean> => {
    const isAlias = /(^|:)alias\//.test(named);
    const arn = named.startsWith("arn:") ? named : `${here}:${isAlias ? named : `key/${named}`}`;
    if (keys.includes(arn)) return true;
    if (!isAlias) return false;
    const key = behind.get(arn) ?? keyBehind(clients, at, arn);
    behind.set(arn, key);
    return keys.includes(await key);
  };
}

/** The ARN of the key itself. */
async function keyBehind(clients: Clients, at: Place, alias: string): Promise<string> {
  const { describeKey } = await import("./readers/describe-key.ts");
  return (await describeKey(clients, at, alias)).Arn;
}

async function bucketBehind(
  clients: Clients,
  accessPoint: string,
  at: Place,
): Promise<BucketRef | undefined> {
  const { bucketNameBehind } = await import("./readers/access-points.ts");
  const named = await bucketNameBehind(clients, accessPoint, at);
  if (named === undefined || otherKindOf(named) !== undefined) return undefined;
  const name = parseBucketName(named, "GetAccessPoint");
  return { kind: "bucket", name, account: at.account, region: at.region };
}

async function* bucketsDelivering(
  clients: Clients,
  source: string,
  { account, region }: Place,
): AsyncIterable<BucketRef> {
  const { deliverySourcesIn } = await import("./readers/delivery-sources.ts");
  for await (const { name, resourceArns } of deliverySourcesIn(clients, { account, region })) {
    if (name !== source) continue;
    for (const named of resourceArns.map(bucketNamedBy)) {
      if (named === undefined || otherKindOf(named) !== undefined) continue;
      const bucket = parseBucketName(named, "DescribeDeliverySources");
      yield { kind: "bucket", name: bucket, account, region };
    }
  }
}
