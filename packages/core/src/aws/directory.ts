import { paginateListBuckets } from "@aws-sdk/client-s3";
import { GetAccessPointCommand } from "@aws-sdk/client-s3-control";
import { otherKindOf } from "../model/bucket-kind.ts";
import { type BucketRef, parseBucketName, parseRegion, type Region } from "../model/ref.ts";
import type { Directory } from "../resolve/index.ts";
import type { Clients, Place } from "./clients.ts";
import { known } from "./readers/facet-reader.ts";

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
  return {
    regionsOf: () => regions,
    async *bucketsOf(account) {
      const client = clients.s3({ account, region: home });
      for await (const page of paginateListBuckets({ client, pageSize: 1_000 }, {})) {
        for (const { Name = "", BucketRegion = home } of page.Buckets ?? []) {
          if (otherKindOf(Name) !== undefined) continue;
          const ref: BucketRef = {
            kind: "bucket",
            name: parseBucketName(Name, "ListBuckets"),
            account,
            region: parseRegion(BucketRegion, "ListBuckets"),
          };
          yield ref;
        }
      }
    },
    bucketBehind: (accessPoint, at) => bucketBehind(clients, accessPoint, at),
  };
}

async function bucketBehind(
  clients: Clients,
  Name: string,
  at: Place,
): Promise<BucketRef | undefined> {
  const command = new GetAccessPointCommand({ AccountId: at.account, Name });
  const point = await known("accessPoint", () => clients.s3control(at).send(command));
  if (point.state === "absent") return undefined;
  const { Bucket = "", BucketAccountId = at.account } = point.value;
  // Whoever owns the bucket cannot list this access point, and so cannot judge it.
  if (BucketAccountId !== at.account || otherKindOf(Bucket) !== undefined) return undefined;
  const name = parseBucketName(Bucket, "GetAccessPoint");
  return { kind: "bucket", name, account: at.account, region: at.region };
}
