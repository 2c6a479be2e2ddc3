import { randomBytes } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { whoCalls } from "@bucket-warden/core/aws";
import { InputError } from "@bucket-warden/core/kernel";
import type { World } from "../calls/worlds.ts";
import { guard, type Marker, markerTag, requireMarked } from "./guard.ts";

/** What somebody said on the command line. */
export interface Consent {
  readonly account: string | undefined;
  readonly confirm: string | undefined;
}

/** The words that have to be said, since buckets are made and deleted in that account. */
export function wordsFor(account: string): string {
  return `create and delete buckets in ${account}`;
}

/**
 * A real account, found as by the AWS CLI. Throws InputError unless it is the one that was named, and
 * the words were said.
 */
export async function startAccountWorld({ account, confirm }: Consent): Promise<World> {
  const caller = await whoCalls();
  if (account !== caller.account) {
    throw refused("--account", `it is ${account}, and the credentials are of ${caller.account}`);
  }
  if (confirm !== wordsFor(account)) {
    throw refused("--confirm", `it is not "${wordsFor(account)}"`);
  }
  const prefix = `bucket-warden-conformance-${randomBytes(4).toString("hex")}-`;
  const marker = { account, prefix };
  const made: { readonly name: string; readonly region: string }[] = [];
  const clients = new Map<string, S3Client>();
  const plain = (region: string) => {
    const client = clients.get(region) ?? new S3Client({ region });
    clients.set(region, client);
    return client;
  };
  return {
    account,
    region: caller.region,
    isOwn: true,
    enactS3Policy: () => {
      throw new Error("no call of a member account can do that");
    },
    makeBucket: async (wish, region) => {
      const name = `${prefix}${wish}`.slice(0, 63).replace(/-+$/, "");
      await make(plain(region), name, region, marker);
      made.push({ name, region });
      return name;
    },
    guardS3: (client, region) => guard(client, plain(region), marker),
    stop: async () => {
      for (const { name, region } of made) await remove(plain(region), name, marker);
    },
  };
}

/** A bucket exists for a moment before it has its tag; its name cannot be anybody's. */
async function make(client: S3Client, Bucket: string, region: string, { account }: Marker) {
  const elsewhere = { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
  await client.send(
    new CreateBucketCommand({ Bucket, ...(region === "us-east-1" ? {} : elsewhere) }),
  );
  const TagSet = [{ Key: markerTag, Value: account }];
  const ExpectedBucketOwner = account;
  await client.send(
    new PutBucketTaggingCommand({ Bucket, ExpectedBucketOwner, Tagging: { TagSet } }),
  );
}

/** No row puts objects, so a bucket is empty; one that is not stays, and says so. */
async function remove(client: S3Client, Bucket: string, marker: Marker): Promise<void> {
  await requireMarked(client, Bucket, marker);
  await client.send(new DeleteBucketCommand({ Bucket, ExpectedBucketOwner: marker.account }));
}

function refused(place: string, problem: string): InputError {
  const remedy = "Name the account with --account, and say --confirm with just these words.";
  return new InputError({ place, problem, remedy });
}
