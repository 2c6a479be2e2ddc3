import type { Call, Service } from "../call.ts";
import { type AwsError, notImplemented } from "../wire/aws-error.ts";
import type { Answer } from "../wire/request.ts";
import { printXml } from "../wire/xml.ts";
import { bucketOperations } from "./buckets.ts";
import { byIdOperations } from "./by-id.ts";
import type { S3Operation } from "./context.ts";
import { documentOperations } from "./documents.ts";
import { eventOfS3 } from "./event.ts";
import { identifyS3 } from "./identify.ts";
import { objectOperations } from "./objects.ts";
import { policyOperations } from "./policy.ts";

const operations: ReadonlyMap<string, S3Operation> = new Map(
  Object.entries({
    ...bucketOperations,
    ...documentOperations,
    ...byIdOperations,
    ...policyOperations,
    ...objectOperations,
  }),
);

/** Amazon S3, the REST protocol. */
export const s3: Service = {
  name: "s3",
  identify: identifyS3,
  serve: (call, world) => {
    const operation = operations.get(call.operation);
    if (operation === undefined) throw notImplemented(`S3 ${call.operation}`);
    return withIds(operation({ call, world }), call);
  },
  refuse: (error, call) => withIds(errorAnswer(error, call), call),
  event: eventOfS3,
};

function withIds(answer: Answer, call: Call): Answer {
  const ids = { "x-amz-request-id": call.id, "x-amz-id-2": hostId(call) };
  return { ...answer, headers: { ...ids, ...answer.headers } };
}

function hostId(call: Call): string {
  return Buffer.from(`sandbox host of request ${call.id}`).toString("base64");
}

function errorAnswer(error: AwsError, call: Call): Answer {
  const document = {
    Code: error.code,
    Message: error.message,
    ...error.members,
    RequestId: call.id,
    HostId: hostId(call),
  };
  return {
    status: error.status,
    headers: { "content-type": "application/xml", ...error.headers },
    // An answer to HEAD has no body; clients judge it by the status alone.
    body: call.request.method === "HEAD" ? "" : printXml("Error", document),
  };
}
