import type { Command } from "@smithy/core/client";
import { operation } from "@smithy/core/schema";

type Operation = ReturnType<typeof operation>;

/** A GET of one setting of one bucket, which has nothing to say but who owns it. */
export interface BucketRead {
  readonly bucket: string;
  /** The sub-resource, e.g. `policy`. */
  readonly part: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the answer means. */
  readonly operation: Operation;
}

/** Undefined for any other command. */
export function bucketReadOf({
  schema,
  input,
}: {
  readonly schema?: Command<never, never, never>["schema"];
  readonly input: object;
}): BucketRead | undefined {
  if (!Array.isArray(schema)) return undefined;
  const [, namespace, name, traits, asked, answered] = schema;
  const part = partIn(traits);
  const named = namedIn(input);
  if (part === undefined || named === undefined) return undefined;
  return { ...named, part, operation: operation(namespace, name, traits, asked, answered) };
}

/** `policy` of a GET of `/?policy`, as the SDK's description of the command has it. */
function partIn(traits: Parameters<typeof operation>[2]): string | undefined {
  if (typeof traits !== "object") return undefined;
  const [method, address = ""] = traits.http ?? [];
  return method === "GET" ? /^\/\?([A-Za-z-]+)$/.exec(address)?.[1] : undefined;
}

/** Nothing in these names has another meaning in a URL, or means another kind of bucket. */
const plainName = /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/;

function namedIn(input: object): Pick<BucketRead, "bucket" | "headers"> | undefined {
  const { Bucket: bucket, ExpectedBucketOwner: owner, ...more } = input as Record<string, unknown>;
  const isPlain = typeof bucket === "string" && plainName.test(bucket);
  if (!isPlain || typeof owner !== "string" || Object.keys(more).length > 0) return undefined;
  return { bucket, headers: { "x-amz-expected-bucket-owner": owner } };
}
