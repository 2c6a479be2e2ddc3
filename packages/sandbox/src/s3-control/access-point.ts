import type { XmlElement } from "../wire/xml.ts";

/** An access point. Everything but its policy is settled when it is made. */
export interface AccessPoint {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly alias: string;
  readonly bucket: string;
  readonly bucketAccount: string;
  /** The VPC that it belongs to; one of the Internet has none. */
  readonly vpcId?: string;
  readonly block: XmlElement;
  readonly createdAt: number;
  policy?: string;
}

/** Names are unique in one account and Region. */
export function accessPointArn({
  name,
  account,
  region,
}: Pick<AccessPoint, "name" | "account" | "region">): string {
  return `arn:aws:s3:${region}:${account}:accesspoint/${name}`;
}
