import type { MultiRegionAccessPoint } from "../../packages/core/src/model/multi-region.ts";
import type { ObjectLambda } from "../../packages/core/src/model/object-lambda.ts";
import { absent, present } from "../../packages/core/src/model/reading.ts";
import { allBlocked } from "./readings.ts";

export const redact = "arn:aws:lambda:eu-west-1:111122223333:function:redact";
export const plain = "arn:aws:s3:eu-west-1:111122223333:accesspoint/plain";

/** One with a function for everything that it can transform, and metrics. */
export function objectLambdaOf(more: Partial<ObjectLambda> = {}): ObjectLambda {
  return {
    name: "redacted",
    arn: "arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/redacted",
    supportingAccessPoint: plain,
    transformations: [
      { actions: ["GetObject", "HeadObject"], functionArn: redact },
      { actions: ["ListObjects", "ListObjectsV2"], functionArn: redact },
    ],
    allowedFeatures: [],
    metricsEnabled: true,
    publicAccessBlock: allBlocked,
    policy: absent,
    isPublic: absent,
    ...more,
  };
}

/** One over a bucket of its own account, without a policy. */
export function multiRegionOf(more: Partial<MultiRegionAccessPoint> = {}): MultiRegionAccessPoint {
  return {
    name: "everywhere",
    status: "READY",
    publicAccessBlock: allBlocked,
    buckets: [{ name: "invoices", region: "eu-west-1", account: "111122223333" }],
    established: absent,
    proposed: absent,
    isPublic: present(false),
    ...more,
  };
}
