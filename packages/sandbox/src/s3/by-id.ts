import type { Answer } from "../wire/request.ts";
import { textOf, type XmlElement } from "../wire/xml.ts";
import { configurationAt, reconfigure, withDocument } from "./bucket.ts";
import {
  bucketOf,
  emptyAnswer,
  type S3Call,
  type S3Operation,
  xmlAnswer,
  xmlBody,
} from "./context.ts";
import { s3Error } from "./errors.ts";

/** A kind of configuration of which a bucket has one per id. */
export interface ByIdSubResource {
  readonly marker: string;
  readonly root: string;
}

/** The operations are named after the root: `GetBucketInventoryConfiguration`, `List…Configurations`. */
export const byIdSubResources: readonly ByIdSubResource[] = [
  { marker: "analytics", root: "AnalyticsConfiguration" },
  { marker: "inventory", root: "InventoryConfiguration" },
  { marker: "metrics", root: "MetricsConfiguration" },
  { marker: "intelligent-tiering", root: "IntelligentTieringConfiguration" },
];

export const byIdOperations: Readonly<Record<string, S3Operation>> = Object.fromEntries(
  byIdSubResources.flatMap((sub): [string, S3Operation][] => [
    [`GetBucket${sub.root}`, (on) => getOne(sub, on)],
    [`PutBucket${sub.root}`, (on) => putOne(sub, on)],
    [`DeleteBucket${sub.root}`, (on) => deleteOne(sub, on)],
    [`ListBucket${sub.root}s`, (on) => list(sub, on)],
  ]),
);

function slot(sub: ByIdSubResource, id: string): string {
  return `${sub.marker}/${id}`;
}

function idOf({ call }: S3Call): string {
  return call.request.query.get("id") ?? "";
}

function getOne(sub: ByIdSubResource, on: S3Call): Answer {
  const { documents } = configurationAt(bucketOf(on), on.call.readsAsOf);
  const document = documents[slot(sub, idOf(on))];
  if (document === undefined) throw s3Error("NoSuchConfiguration");
  return xmlAnswer(sub.root, document);
}

function putOne(sub: ByIdSubResource, on: S3Call): Answer {
  const bucket = bucketOf(on);
  const body = xmlBody(on.call, sub.root);
  if (textOf(body, "Id") !== idOf(on)) throw s3Error("MalformedXML");
  const next = withDocument(bucket.configuration, slot(sub, idOf(on)), body);
  reconfigure(bucket, next, on.world.now());
  return emptyAnswer(sub.marker === "metrics" ? 204 : 200);
}

function deleteOne(sub: ByIdSubResource, on: S3Call): Answer {
  const bucket = bucketOf(on);
  const name = slot(sub, idOf(on));
  if (bucket.configuration.documents[name] === undefined) throw s3Error("NoSuchConfiguration");
  reconfigure(bucket, withDocument(bucket.configuration, name, undefined), on.world.now());
  return emptyAnswer(204);
}

function list(sub: ByIdSubResource, on: S3Call): Answer {
  const { documents } = configurationAt(bucketOf(on), on.call.readsAsOf);
  const found = Object.entries(documents)
    .filter(([name]) => name.startsWith(`${sub.marker}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, document]): XmlElement => document);
  return xmlAnswer(`List${sub.root}sResult`, { IsTruncated: "false", [sub.root]: found });
}
