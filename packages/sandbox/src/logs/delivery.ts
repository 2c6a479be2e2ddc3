/** A resource whose logs CloudWatch delivers; nothing is delivered before a delivery exists. */
export interface DeliverySource {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly resourceArn: string;
  /** The service that the resource belongs to, as its ARN names it. */
  readonly service: string;
  readonly logType: string;
}

export interface DeliveryDestination {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** The log group, bucket or stream that the logs go to. */
  readonly resourceArn: string;
}

/** Joins one source to one destination; both are in its account and region. */
export interface Delivery {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly sourceName: string;
  readonly destinationArn: string;
}
