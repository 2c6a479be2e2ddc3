import type { Command } from "@smithy/core/client";
import { escapeUri } from "@smithy/core/protocols";
import { NormalizedSchema, operation } from "@smithy/core/schema";

type Operation = ReturnType<typeof operation>;

/** A GET of one setting or one list of one bucket, which says all it has to say in its address. */
export interface BucketRead {
  readonly bucket: string;
  /** By name, not encoded yet: the sub-resource, e.g. `policy`, and what of it is asked for. */
  readonly query: Readonly<Record<string, string>>;
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
  const { more, ...where } = named;
  const asking = queryOf(more, asked);
  if (asking === undefined) return undefined;
  const query = { ...part, ...asking };
  return { ...where, query, operation: operation(namespace, name, traits, asked, answered) };
}

/** As it stands in the address, and as it is signed. */
export function encodedQuery(query: BucketRead["query"]): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${escapeUri(name)}=${escapeUri(value)}`,
  );
  return pairs.sort().join("&");
}

/** `policy` of a GET of `/?policy`, as the SDK's description of the command has it. */
function partIn(traits: Parameters<typeof operation>[2]): BucketRead["query"] | undefined {
  if (typeof traits !== "object") return undefined;
  const [method, address = ""] = traits.http ?? [];
  const [, part, value = ""] = /^\/\?([A-Za-z-]+)(?:=([0-9]+))?$/.exec(address) ?? [];
  return method === "GET" && part !== undefined ? { [part]: value } : undefined;
}

/** Undefined where anything goes into a header, or has a form that is not plain. */
function queryOf(
  given: Readonly<Record<string, unknown>>,
  schema: Parameters<typeof operation>[3],
): BucketRead["query"] | undefined {
  const query: Record<string, string> = {};
  const names = Object.keys(given);
  if (names.length === 0) return query;
  const members = NormalizedSchema.of(schema);
  for (const name of names) {
    const value = given[name];
    const { httpQuery } = members.getMemberSchema(name).getMergedTraits();
    const isPlain = typeof value === "string" || typeof value === "number";
    if (typeof httpQuery !== "string" || !isPlain) return undefined;
    query[httpQuery] = String(value);
  }
  return query;
}

/** Nothing in these names has another meaning in a URL, or means another kind of bucket. */
const plainName = /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/;

interface Named extends Pick<BucketRead, "bucket" | "headers"> {
  readonly more: Readonly<Record<string, unknown>>;
}

function namedIn(input: object): Named | undefined {
  const { Bucket: bucket, ExpectedBucketOwner: owner, ...more } = input as Record<string, unknown>;
  const isPlain = typeof bucket === "string" && plainName.test(bucket);
  if (!isPlain || typeof owner !== "string") return undefined;
  return { bucket, headers: { "x-amz-expected-bucket-owner": owner }, more };
}
