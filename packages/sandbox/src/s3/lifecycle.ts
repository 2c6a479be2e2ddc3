import { childrenOf, textOf } from "../wire/xml.ts";
import { s3Error } from "./errors.ts";
import type { SubResource } from "./sub-resource.ts";
import { hasMfaDelete } from "./versioning.ts";

export const lifecycle: SubResource = {
  marker: "lifecycle",
  root: "LifecycleConfiguration",
  api: {
    get: "GetBucketLifecycleConfiguration",
    put: "PutBucketLifecycleConfiguration",
    delete: "DeleteBucketLifecycle",
  },
  events: { get: "GetBucketLifecycle", put: "PutBucketLifecycle" },
  unset: { kind: "error", code: "NoSuchLifecycleConfiguration" },
  getHeaders: { "x-amz-transition-default-minimum-object-size": "all_storage_classes_128K" },
  accept: (body, { bucket }) => {
    const rules = childrenOf(body, "Rule");
    const states = rules.map((rule) => textOf(rule, "Status"));
    if (rules.length === 0 || !states.every((s) => s === "Enabled" || s === "Disabled")) {
      throw s3Error("MalformedXML");
    }
    if (hasMfaDelete(bucket)) {
      throw s3Error(
        "InvalidBucketState",
        "Lifecycle configuration is not supported on a bucket with Mfa Authentication enabled.",
      );
    }
    return body;
  },
};
