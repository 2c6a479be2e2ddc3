import { GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { InputError } from "../kernel/input-error.ts";
import type { Clients, Place } from "./clients.ts";
import { describeError } from "./errors.ts";
import { remedyOf } from "./trouble.ts";

/** An object of a bucket in which a trail keeps its files. */
export interface StoredLog {
  readonly key: string;
  readonly bytes: number;
}

/** Buckets that hold log files of CloudTrail; one may belong to another account than the caller's. */
export interface LogStore {
  /** Everything whose name begins with `prefix`. Throws InputError where it cannot be listed. */
  readonly list: (bucket: string, prefix: string) => AsyncIterable<StoredLog>;
  /** The bytes of one of them. Throws what the SDK throws. */
  readonly open: (bucket: string, key: string) => AsyncIterable<Uint8Array>;
}

/** Reads log files with the credentials of whoever runs this; S3 says in which Region a bucket is. */
export function createLogStore(clients: Clients, at: Place): LogStore {
  const client = clients.s3(at);
  return {
    async *list(Bucket, Prefix) {
      try {
        for await (const { Contents = [] } of paginateListObjectsV2(
          { client },
          { Bucket, Prefix },
        )) {
          for (const { Key = "", Size = 0 } of Contents) yield { key: Key, bytes: Size };
        }
      } catch (cause) {
        throw new InputError({
          place: `s3://${Bucket}/${Prefix}`,
          problem: `it cannot be listed (${describeError(cause)})`,
          remedy: remedyOf(cause) ?? "Give the bucket of a trail, and the beginning of the names.",
          cause,
        });
      }
    },
    async *open(Bucket, Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      if (Body === undefined) return;
      // In Node the body is a stream of bytes.
      yield* Body as unknown as AsyncIterable<Uint8Array>;
    },
  };
}
