import type { Rehearsal } from "../path/rehearsal.ts";
import { foreignStatements } from "../reliability/scenarios.ts";

/** What somebody did so far, and which statements of theirs each policy must therefore hold. */
export interface Intruder {
  /** Does one thing to one bucket, with an event or without. */
  readonly act: () => Promise<void>;
  readonly acts: () => number;
  /** How often since `forget` was called. */
  readonly actsOn: (bucket: string) => number;
  readonly foreign: (bucket: string) => readonly string[];
  readonly forget: () => void;
}

type Act = (bucket: string) => Promise<unknown> | unknown;

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
  const silently =
    (marker: string): Act =>
    (bucket) =>
      stage.change(bucket, marker, undefined);
  const acts: readonly Act[] = [
    async (Bucket) => {
      const kept = foreignStatements(Bucket).slice(0, 1 + Math.floor(draw() * 3));
      await mallory.putBucketPolicy({ Bucket, Policy: policyOf(kept) });
      foreign.set(Bucket, kept);
    },
    async (Bucket) => {
      foreign.delete(Bucket);
      await mallory.deleteBucketPolicy({ Bucket });
    },
    (Bucket) =>
      mallory.putBucketEncryption({
        Bucket,
        ServerSideEncryptionConfiguration: sse(one(["AES256", "aws:kms"])),
      }),
    (Bucket) => mallory.deleteBucketEncryption({ Bucket }),
    (Bucket) => mallory.putBucketLogging({ Bucket, BucketLoggingStatus: {} }),
    (Bucket) =>
      mallory.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
    (Bucket) => mallory.deletePublicAccessBlock({ Bucket }),
    silently("versioning"),
    silently("logging"),
  ];
  return {
    acts: () => total,
    actsOn: (bucket) => counts.get(bucket) ?? 0,
    foreign: (bucket) => foreign.get(bucket) ?? [],
    forget: () => counts.clear(),
    act: async () => {
      const bucket = one(buckets);
      total += 1;
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      await one(acts)(bucket);
    },
  };
}
