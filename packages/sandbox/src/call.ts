import type { Principal } from "./principal.ts";
import type { AwsError } from "./wire/aws-error.ts";
import type { Answer, WireRequest } from "./wire/request.ts";
import type { World } from "./world.ts";

export type ServiceName =
  | "s3"
  | "s3-control"
  | "sts"
  | "kms"
  | "sns"
  | "sqs"
  | "ssm"
  | "cloudtrail"
  | "logs"
  | "monitoring"
  | "servicequotas"
  | "organizations"
  | "dynamodb"
  | "glacier"
  | "securityhub"
  | "lambda"
  | "events"
  | "unknown";

/** One API call, understood but not yet served. */
export interface Call {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly service: ServiceName;
  /** The name of the API operation, e.g. `GetBucketPolicy`. */
  readonly operation: string;
  readonly bucket?: string;
  readonly write: boolean;
  readonly principal: Principal;
  /** The region of the endpoint, which is the region that the caller signed for. */
  readonly region: string;
  readonly request: WireRequest;
  /** Set by a fault: configuration reads see the state of that moment. */
  readonly readsAsOf?: number;
}

/** What a service reads off a request before anything is done. */
export interface Identified {
  readonly operation: string;
  readonly bucket?: string;
  readonly write: boolean;
}

/** What a service knows of a call beyond the wire: its name in CloudTrail and its parameters. */
export interface ApiEvent {
  readonly eventName: string;
  readonly eventSource: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  /** The account that owns the resource, when that is known. */
  readonly owner?: string;
  readonly resource?: { readonly type: string; readonly arn: string };
  /** Where the call is logged; the region of the endpoint when left out. */
  readonly region?: string;
}

/** One of the services behind the endpoint. */
export interface Service {
  readonly name: ServiceName;
  readonly identify: (request: WireRequest) => Identified;
  /** Throws AwsError for what AWS refuses. */
  readonly serve: (call: Call, world: World) => Answer | Promise<Answer>;
  readonly refuse: (error: AwsError, call: Call) => Answer;
  /** How CloudTrail shows a management call; `ownerBefore` is whose the bucket was before it. */
  readonly event?: (
    call: Call,
    world: World,
    ownerBefore: string | undefined,
  ) => ApiEvent | undefined;
}
