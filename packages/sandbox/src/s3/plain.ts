import { childOf, childrenOf, textOf, textsOf, type XmlElement } from "../wire/xml.ts";
import { s3Error } from "./errors.ts";
import type { Edit, SubResource } from "./sub-resource.ts";
import { isVersioned } from "./versioning.ts";

const cors: SubResource = {
  marker: "cors",
  root: "CORSConfiguration",
  api: { get: "GetBucketCors", put: "PutBucketCors", delete: "DeleteBucketCors" },
  unset: { kind: "error", code: "NoSuchCORSConfiguration" },
  accept: (body) => {
    const rules = childrenOf(body, "CORSRule");
    if (rules.length === 0) throw s3Error("MalformedXML");
    rules.forEach(refuseBadCorsRule);
    return body;
  },
};

const corsMethods = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

function refuseBadCorsRule(rule: XmlElement): void {
  const methods = textsOf(rule, "AllowedMethod");
  if (methods.length === 0 || textsOf(rule, "AllowedOrigin").length === 0) {
    throw s3Error("MalformedXML");
  }
  const unknown = methods.find((method) => !corsMethods.has(method));
  if (unknown !== undefined) {
    throw s3Error(
      "InvalidRequest",
      `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
    );
  }
}

const website: SubResource = {
  marker: "website",
  root: "WebsiteConfiguration",
  api: { get: "GetBucketWebsite", put: "PutBucketWebsite", delete: "DeleteBucketWebsite" },
  unset: { kind: "error", code: "NoSuchWebsiteConfiguration" },
  accept: (body) => {
    const index = childOf(body, "IndexDocument");
    const redirects = childOf(body, "RedirectAllRequestsTo") !== undefined;
    if (!redirects && (index === undefined || (textOf(index, "Suffix") ?? "") === "")) {
      throw s3Error(
        "InvalidArgument",
        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
      );
    }
    return body;
  },
};

const replication: SubResource = {
  marker: "replication",
  root: "ReplicationConfiguration",
  api: {
    get: "GetBucketReplication",
    put: "PutBucketReplication",
    delete: "DeleteBucketReplication",
  },
  unset: { kind: "error", code: "ReplicationConfigurationNotFoundError" },
  accept: (body, { bucket }) => {
    if (textOf(body, "Role") === undefined || childrenOf(body, "Rule").length === 0) {
      throw s3Error("MalformedXML");
    }
    if (!isVersioned(bucket)) {
      throw s3Error(
        "InvalidRequest",
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
      );
    }
    return body;
  },
};

const notification: SubResource = {
  marker: "notification",
  root: "NotificationConfiguration",
  api: {
    get: "GetBucketNotificationConfiguration",
    put: "PutBucketNotificationConfiguration",
  },
  events: { get: "GetBucketNotification", put: "PutBucketNotification" },
  unset: { kind: "document", document: () => ({}) },
  accept: (body) => (Object.keys(body).every((name) => name.startsWith("@")) ? undefined : body),
};

const accelerate: SubResource = {
  marker: "accelerate",
  root: "AccelerateConfiguration",
  api: {
    get: "GetBucketAccelerateConfiguration",
    put: "PutBucketAccelerateConfiguration",
  },
  events: { get: "GetAccelerateConfiguration", put: "PutAccelerateConfiguration" },
  unset: { kind: "document", document: () => ({}) },
  accept: (body, { bucket }) => {
    if (bucket.name.includes(".")) {
      throw s3Error(
        "InvalidRequest",
        "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
      );
    }
    return oneOf(body, "Status", ["Enabled", "Suspended"]);
  },
};

const requestPayment: SubResource = {
  marker: "requestPayment",
  root: "RequestPaymentConfiguration",
  api: { get: "GetBucketRequestPayment", put: "PutBucketRequestPayment" },
  unset: { kind: "document", document: () => ({ Payer: "BucketOwner" }) },
  accept: (body) => oneOf(body, "Payer", ["BucketOwner", "Requester"]),
};

const abac: SubResource = {
  marker: "abac",
  root: "AbacStatus",
  api: { get: "GetBucketAbac", put: "PutBucketAbac" },
  unset: { kind: "document", document: () => ({ Status: "Disabled" }) },
  accept: (body) => oneOf(body, "Status", ["Enabled", "Disabled"]),
};

const tagging: SubResource = {
  marker: "tagging",
  root: "Tagging",
  api: { get: "GetBucketTagging", put: "PutBucketTagging", delete: "DeleteBucketTagging" },
  unset: { kind: "error", code: "NoSuchTagSet" },
  putStatus: 204,
  accept: (body, edit) => {
    refuseUnderAbac(edit);
    const set = childOf(body, "TagSet");
    if (set === undefined) throw s3Error("MalformedXML");
    const tags = childrenOf(set, "Tag");
    const keys = tags.map((tag) => textOf(tag, "Key") ?? "");
    if (keys.includes("") || tags.some((tag) => textOf(tag, "Value") === undefined)) {
      throw s3Error("MalformedXML");
    }
    refuseBadTagKeys(keys);
    return keys.length === 0 ? undefined : body;
  },
  afterDelete: (edit) => {
    refuseUnderAbac(edit);
    return undefined;
  },
};

export function refuseBadTagKeys(keys: readonly string[]): void {
  if (keys.some((key) => key.toLowerCase().startsWith("aws:"))) {
    throw s3Error("InvalidTag", "System tags cannot be added/updated by requester");
  }
  if (new Set(keys).size !== keys.length) {
    throw s3Error("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  if (keys.length > 50) {
    throw s3Error("InvalidTag", "Bucket tag count cannot be greater than 50");
  }
}

/**
 * With ABAC on, tags are only set through TagResource.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function refuseUnderAbac({ bucket }: Edit): void {
  const status = textOf(bucket.configuration.documents["abac"] ?? {}, "Status");
  if (status === "Enabled") {
    throw s3Error("MethodNotAllowed", "Use TagResource on a bucket with ABAC enabled.");
  }
}

function oneOf(body: XmlElement, member: string, values: readonly string[]): XmlElement {
  if (!values.includes(textOf(body, member) ?? "")) throw s3Error("MalformedXML");
  return body;
}

/** The sub-resources about which the sandbox only checks the shape. */
export const plainSubResources: readonly SubResource[] = [
  cors,
  website,
  replication,
  notification,
  accelerate,
  requestPayment,
  abac,
  tagging,
];
