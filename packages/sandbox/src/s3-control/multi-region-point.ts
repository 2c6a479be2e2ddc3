import type { XmlElement } from "../wire/xml.ts";

/** A Multi-Region Access Point as S3 Control shows it. */
export interface MultiRegionPoint {
  readonly name: string;
  readonly account: string;
  readonly alias: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly block: XmlElement;
  readonly buckets: readonly RoutedBucket[];
  status: string;
  policy?: string;
}

export interface RoutedBucket {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}
