import type { Answer } from "../wire/request.ts";
import type { XmlElement } from "../wire/xml.ts";
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
import type { Edit, SubResource } from "./sub-resource.ts";
import { subResources } from "./sub-resources.ts";

/** Get, Put and Delete of every document, by the name of the API operation. */
export const documentOperations: Readonly<Record<string, S3Operation>> = Object.fromEntries(
  subResources.flatMap((sub): [string, S3Operation][] => [
    [sub.api.get, (on) => getDocument(sub, on)],
    [sub.api.put, (on) => putDocument(sub, on)],
    ...(sub.api.delete === undefined
      ? []
      : [[sub.api.delete, (on: S3Call) => deleteDocument(sub, on)] as [string, S3Operation]]),
  ]),
);

function getDocument(sub: SubResource, on: S3Call): Answer {
  const bucket = bucketOf(on);
  const { documents } = configurationAt(bucket, on.call.readsAsOf);
  const stored = documents[sub.marker];
  if (stored !== undefined) {
    return xmlAnswer(sub.root, sub.show?.(stored, bucket, on.world) ?? stored, sub.getHeaders);
  }
  switch (sub.unset.kind) {
    case "document":
      return xmlAnswer(sub.root, sub.unset.document(bucket));
    case "error":
      throw s3Error(sub.unset.code, undefined, { members: { BucketName: bucket.name } });
  }
}

function putDocument(sub: SubResource, { call, world }: S3Call): Answer {
  const edit: Edit = { call, world, bucket: bucketOf({ call, world }) };
  store(sub, edit, sub.accept(bodyFor(sub, edit), edit));
  return emptyAnswer(sub.putStatus ?? 200);
}

function bodyFor(sub: SubResource, edit: Edit): XmlElement {
  const fromHeaders = sub.bodyFromHeaders?.(edit);
  return fromHeaders ?? xmlBody(edit.call, sub.root);
}

function deleteDocument(sub: SubResource, { call, world }: S3Call): Answer {
  const edit: Edit = { call, world, bucket: bucketOf({ call, world }) };
  store(sub, edit, sub.afterDelete?.(edit));
  return emptyAnswer(204);
}

function store(sub: SubResource, { bucket, world }: Edit, document: XmlElement | undefined): void {
  reconfigure(bucket, withDocument(bucket.configuration, sub.marker, document), world.now());
}
