import type { Rehearsal } from "../path/rehearsal.ts";
import { foreignStatements } from "../reliability/scenarios.ts";

/** What somebody did so far, and which statements of theirs each policy must therefore hold. */
export interface Intruder {
  /** Does one thing to one bucket, with an event or without. */
  readonly act: () => Promise<void>;
  readonly acts: () => number;
  /** How often since `forget` was called; on the bucket, or on one document of it. */
  readonly actsOn: (bucket: string, document?: string) => number;
  readonly foreign: (bucket: string) => readonly string[];
  /** Claims no statement in this bucket any more: a person was told, and has the document. */
  readonly giveUp: (bucket: string) => void;
  readonly forget: () => void;
}

/** The document of the bucket, and what is done to it. */
type Act = readonly [document: string, on: (bucket: string) => Promise<unknown> | unknown];

/** Somebody with all rights and no plan; what they do follows from `draw`. */
export function createIntruder(
  stage: Rehearsal,
  buckets: readonly string[],
  draw: () => number,
): Intruder {
  const mallory = stage.as("mallory");
  const foreign = new Map<string, readonly string[]>();
  const counts = new Map<string, number>();
  let total = 0;
  const one = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)] as T; // never empty
  const policyOf = (statements: readonly string[]) =>
    `{"Version":"2008-10-17","Statement":[${statements.join(",\n")}]}`;
  const sse = (SSEAlgorithm: "AES256" | "aws:kms") => ({
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }],
  });
  const silently = (marker: string): Act => [
    marker,
    (bucket) => stage.change(bucket, marker, undefined),
  ];
  const acts: readonly Act[] = [
    [
      "policy",
      async (Bucket) => {
        const kept = foreignStatements(Bucket).slice(0, 1 + Math.floor(draw() * 3));
        await mallory.putBucketPolicy({ Bucket, Policy: policyOf(kept) });
        foreign.set(Bucket, kept);
      },
    ],
    [
      "policy",
      async (Bucket) => {
        foreign.delete(Bucket);
        await mallory.deleteBucketPolicy({ Bucket });
      },
    ],
    [
      "encryption",
      (Bucket) =>
        mallory.putBucketEncryption({
          Bucket,
          ServerSideEncryptionConfiguration: sse(one(["AES256", "aws:kms"])),
        }),
    ],
    ["encryption", (Bucket) => mallory.deleteBucketEncryption({ Bucket })],
    ["logging", (Bucket) => mallory.putBucketLogging({ Bucket, BucketLoggingStatus: {} })],
    [
      "versioning",
      (Bucket) =>
        mallory.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
    ],
    ["publicAccessBlock", (Bucket) => mallory.deletePublicAccessBlock({ Bucket })],
    silently("versioning"),
    silently("logging"),
  ];
  const placeOf = (bucket: string, document?: string) =>
    document === undefined ? bucket : `${bucket} ${document}`;
  const count = (place: string) => counts.set(place, (counts.get(place) ?? 0) + 1);
  return {
    acts: () => total,
    actsOn: (bucket, document) => counts.get(placeOf(bucket, document)) ?? 0,
    foreign: (bucket) => foreign.get(bucket) ?? [],
    giveUp: (bucket) => foreign.delete(bucket),
    forget: () => counts.clear(),
    act: async () => {
      const bucket = one(buckets);
      const [document, on] = one(acts);
      total += 1;
      count(bucket);
      count(placeOf(bucket, document));
      await on(bucket);
    },
  };
}
