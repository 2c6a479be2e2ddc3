import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { startWorker, type Told } from "../start-worker.ts";
import { figure, type Table } from "../table.ts";
import type { ReplayAsked, Replayed } from "../workers/replay.ts";

const sizes = [100_000, 1_000_000];

/**
 * `warden replay` of logs of two sizes, each in a process of its own, by the time of the processor, and
 * `JSON.parse` of the smaller one: whoever reads a log that way holds all of it.
 */
export async function benchReplay(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), "warden-bench-"));
  try {
    const rows: string[][] = [];
    let parsed: Told<Replayed> | undefined;
    for (const size of sizes) {
      const log = join(folder, "log.json");
      await pipeline(Readable.from(logOf(size)), createWriteStream(log));
      if (parsed === undefined) {
        parsed = await run({ what: "parse", log });
        rows.push(rowOf("JSON.parse alone", parsed, parsed));
      }
      rows.push(rowOf(`replay of ${figure(size)}`, await run({ what: "replay", log }), parsed));
    }
    return {
      title: "Replay, on one core",
      head: ["log", "records/s", "times JSON.parse", "reconciles", "peak memory"],
      rows,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(asked: ReplayAsked): Promise<Told<Replayed>> {
  return startWorker<Replayed>("replay", asked, { asCommand: asked.what === "replay" });
}

function rowOf(name: string, done: Told<Replayed>, parsed: Told<Replayed>): string[] {
  const rate = perSecond(done);
  return [
    name,
    figure(rate),
    figure(rate / perSecond(parsed), 2),
    figure(done.result.reconciles),
    `${figure(done.peakMegabytes)} MB`,
  ];
}

function perSecond({ result, cpuMilliseconds }: Told<Replayed>): number {
  return result.records / (cpuMilliseconds / 1_000);
}

/** Calls of other services for the most part, reads of S3, and eight in a thousand that change a bucket. */
function* logOf(records: number): Iterable<string> {
  yield '{"Records":[';
  for (let at = 0; at < records; at += 1)
    yield `${at === 0 ? "" : ","}${JSON.stringify(recordAt(at))}`;
  yield "]}";
}

const buckets = 300;
const calls = [
  ["ec2", "DescribeInstances"],
  ["sts", "AssumeRole"],
  ["kms", "Decrypt"],
  ["ssm", "GetParameters"],
] as const;

function recordAt(at: number): object {
  if (at % 125 === 0) return changeAt(at / 125, at);
  if (at % 10 === 1)
    return callAt(at, "s3", "GetBucketAcl", { bucketName: `data-${at % buckets}` });
  const [service, name] = calls[at % calls.length] ?? calls[0];
  const filters = Array.from({ length: 4 }, (_, index) => ({
    name: `tag:${index}`,
    value: `v-${at}`,
  }));
  return callAt(at, service, name, { filterSet: { items: filters }, instancesSet: {} });
}

function changeAt(turn: number, at: number): object {
  const bucketName = `data-${turn % buckets}`;
  if (turn < buckets) return writeAt(at, "CreateBucket", { bucketName });
  if (turn % 2 === 0) {
    const VersioningConfiguration = { Status: turn % 4 === 0 ? "Enabled" : "Suspended" };
    return writeAt(at, "PutBucketVersioning", { bucketName, VersioningConfiguration });
  }
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${100_000_000_000 + turn}:root` },
    Action: ["s3:GetObject", "s3:ListBucket"],
    Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
  };
  const bucketPolicy = { Version: "2012-10-17", Statement: [statement] };
  return writeAt(at, "PutBucketPolicy", { bucketName, bucketPolicy });
}

function writeAt(at: number, eventName: string, requestParameters: object): object {
  return { ...callAt(at, "s3", eventName, requestParameters), readOnly: false };
}

function callAt(at: number, service: string, eventName: string, requestParameters: object): object {
  const account = "111122223333";
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLEEXAMPLE:deploy",
      arn: `arn:aws:sts::${account}:assumed-role/deploy/session-${at % 50}`,
      accountId: account,
      sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:role/deploy` } },
    },
    eventTime: new Date(Date.UTC(2026, 9, 1) + at * 1_000).toISOString().replace(".000", ""),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-sdk-go/1.44.157 (go1.19.3; linux; amd64) HashiCorp-terraform-exec/0.17.3",
    requestParameters,
    responseElements: null,
    requestID: `5c1f2d3e-aaaa-bbbb-cccc-${String(at).padStart(12, "0")}`,
    eventID: `0b1c2d3e-dddd-eeee-ffff-${String(at).padStart(12, "0")}`,
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256" },
  };
}
