import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { createClients, createReader } from "@bucket-warden/core/aws";
import { receiveRecord } from "@bucket-warden/core/event";
import {
  type BucketRef,
  type Facet,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type Reading,
  type Readings,
} from "@bucket-warden/core/model";
import { createWorld, readerOf, recordedIn } from "@bucket-warden/core/rehearse";
import { type CloudTrailRecord, type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucketCalls, type Send } from "../arbitraries/bucket-calls.ts";

const credentials = { accessKeyId: "alice", secretAccessKey: "any" };
let time = Date.UTC(2026, 10, 1);
let sandbox: Sandbox;
let s3: S3Client;
let names = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => time });
  const { endpoint, region } = sandbox;
  s3 = new S3Client({ endpoint, region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  s3.destroy();
  await sandbox.stop();
});

/** What a call sets, and what follows from that without asking another service. */
const facets: readonly Facet[] = [
  "policy",
  "encryption",
  "logging",
  "vendedLogs",
  "versioning",
  "objectLock",
  "publicAccessBlock",
  "cors",
  "ownership",
  "acl",
  "website",
  "tags",
  "lifecycle",
  "location",
  "logReceiver",
];

/** What these records tell of the world. */
function readerAfter(records: readonly CloudTrailRecord[]) {
  const world = createWorld();
  for (const record of records) {
    const received = receiveRecord(record, "test");
    const led = received.kind === "trigger" ? { trigger: received.trigger } : {};
    const recorded = recordedIn(record, led, { bytes: 1, isOwn: false });
    if (recorded !== undefined) world.take(recorded);
  }
  return readerOf(world, () => {});
}

async function bucketAfter(sends: readonly Send[]): Promise<BucketRef> {
  names += 1;
  const name = parseBucketName(`rebuilt-${names}`, "test");
  const create: Send = (Bucket) => s3.send(new CreateBucketCommand({ Bucket, ACL: "private" }));
  for (const send of [create, ...sends]) {
    time += 1_000;
    await send(name).catch(() => {}); // what S3 refuses changes nothing
  }
  const { account, region } = sandbox;
  const at = { account: parseAccountId(account, "test"), region: parseRegion(region, "test") };
  return { kind: "bucket", name, ...at };
}

test("what records tell of a bucket is what S3 would answer", async () => {
  const { endpoint, region, world } = sandbox;
  const clients = createClients({ endpoint, region: parseRegion(region, "test"), credentials });
  const asked = createReader(clients);
  const run = async (sends: readonly Send[]) => {
    const from = world.records.length;
    const on = await bucketAfter(sends);
    const told = await observe(readerAfter(world.records.slice(from)), on);
    const answered = await observe(asked, on);
    // A bucket that is made once more gets another ACL, which the record need not show.
    const isUnclear = told["acl"]?.state === "unknown" && told["acl"].reason !== "gone";
    for (const facet of facets.filter((it) => it !== "acl" || !isUnclear)) {
      expect([facet, comparable(told[facet])]).toEqual([facet, comparable(answered[facet])]);
    }
  };
  const calls = fc.array(
    bucketCalls(() => s3),
    { maxLength: 14 },
  );
  await fc.assert(fc.asyncProperty(calls, run), { numRuns: 15 });
});

async function observe(reader: ReturnType<typeof createReader>, on: BucketRef): Promise<Readings> {
  const entries = facets.map(async (facet) => [facet, await reader.read(facet, on, {})] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Without what no record holds: white space in a policy, the id of the owner, why a bucket is gone. */
function comparable(reading: Reading<unknown> | undefined): unknown {
  if (reading === undefined || reading.state === "unknown")
    return { state: "unknown", reason: reading?.reason };
  if (reading.state === "absent") return reading;
  const value = JSON.parse(JSON.stringify(reading.value));
  const text = typeof value.text === "string" ? { text: JSON.parse(value.text) } : {};
  const owner = typeof value.owner === "string" ? ownerless(value) : {};
  const policy =
    value.policy?.state === "present" ? { policy: JSON.parse(value.policy.value.text) } : {};
  return { ...value, ...text, ...owner, ...policy };
}

function ownerless({ owner, grants }: { owner: string; grants: readonly { grantee: string }[] }) {
  const named = grants.map((it) => ({
    ...it,
    grantee: it.grantee === owner ? "owner" : it.grantee,
  }));
  return { owner: "owner", grants: named };
}
