import type { XmlElement } from "../wire/xml.ts";

/** An Object Lambda access point as S3 Control shows it. */
export interface ObjectLambdaPoint {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly alias: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The element `Configuration` as it was sent. */
  configuration: XmlElement;
  policy?: string;
}
