import type { PolicyText, PublicAccessBlock } from "./documents.ts";
import type { Known } from "./reading.ts";

/** An Object Lambda access point: a Lambda function between clients and an access point of S3. */
export interface ObjectLambda {
  readonly name: string;
  readonly arn: string;
  /** The access point in front of the bucket, by ARN. */
  readonly supportingAccessPoint: string;
  readonly transformations: readonly Transformation[];
  /** What clients may ask for beside whole objects, e.g. `GetObject-Range`. */
  readonly allowedFeatures: readonly string[];
  readonly metricsEnabled: boolean;
  readonly publicAccessBlock: Known<PublicAccessBlock>;
  readonly policy: Known<PolicyText>;
  /** What S3 itself says of the policy; `absent` without one. */
  readonly isPublic: Known<boolean>;
}

export interface Transformation {
  /** `GetObject`, `HeadObject`, `ListObjects`, `ListObjectsV2`. */
  readonly actions: readonly string[];
  /** The ARN of the Lambda function; undefined where S3 names none. */
  readonly functionArn?: string;
}
