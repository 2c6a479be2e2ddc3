import { createHash } from "node:crypto";
import { emptyAnswer, xmlBody } from "../s3/context.ts";
import { s3Error } from "../s3/errors.ts";
import { acceptPublicAccessBlock } from "../s3/public-access-block.ts";
import { childOf, textOf, type XmlElement } from "../wire/xml.ts";
import { type AccessPoint, accessPointArn } from "./access-point.ts";
import {
  type ControlCall,
  type ControlOperation,
  type ControlOperations,
  controlAnswer,
} from "./operation.ts";
import { allBlocked, pageOf } from "./points.ts";

const path = "/accesspoint/{name}";
const shows: NonNullable<ControlOperation["shows"]> = ({ name }) => ({ name });

/**
 * Access points: other doors to a bucket, each with a policy of its own.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessPoint.html
 */
export const accessPointOperations: ControlOperations = {
  CreateAccessPoint: { method: "PUT", path, shows, serve: create },
  GetAccessPoint: { method: "GET", path, shows, serve: get },
  DeleteAccessPoint: {
    method: "DELETE",
    path,
    shows,
    serve: (on) => {
      on.world.accessPoints.delete(accessPointArn(accessPointOf(on)));
      return emptyAnswer(204);
    },
  },
  ListAccessPoints: { method: "GET", path: "/accesspoint", serve: list },
};

function create(on: ControlCall) {
  const { call, world, account, parts } = on;
  const body = xmlBody(call, "CreateAccessPointRequest");
  const name = parts["name"] ?? "";
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/creating-access-points.html#access-points-names
  if (!/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(name) || name.endsWith("-s3alias")) {
    throw s3Error("InvalidRequest", "The access point name is not valid");
  }
  const arn = accessPointArn({ name, account, region: call.region });
  if (world.accessPoints.has(arn)) throw s3Error("AccessPointAlreadyOwnedByYou");
  const bucket = world.buckets.get(textOf(body, "Bucket") ?? "");
  if (bucket === undefined || bucket.region !== call.region) throw s3Error("NoSuchBucket");
  if (bucket.account !== (textOf(body, "BucketAccountId") ?? account)) {
    throw s3Error("AccessDenied");
  }
  const vpcId = textOf(childOf(body, "VpcConfiguration") ?? {}, "VpcId");
  const digest = createHash("sha256").update(arn).digest("hex");
  const point: AccessPoint = {
    name,
    account,
    region: call.region,
    alias: `${name}-${digest.slice(0, 34)}-s3alias`,
    bucket: bucket.name,
    bucketAccount: bucket.account,
    ...(vpcId === undefined ? {} : { vpcId }),
    block: acceptPublicAccessBlock(childOf(body, "PublicAccessBlockConfiguration") ?? allBlocked),
    createdAt: world.now(),
  };
  world.accessPoints.set(arn, point);
  return controlAnswer("CreateAccessPointResult", { AccessPointArn: arn, Alias: point.alias });
}

function get(on: ControlCall) {
  const point = accessPointOf(on);
  return controlAnswer("GetAccessPointResult", {
    ...summaryOf(point),
    PublicAccessBlockConfiguration: point.block,
    CreationDate: new Date(point.createdAt).toISOString(),
  });
}

function list({ call, world, account }: ControlCall) {
  const { query } = call.request;
  const bucket = query.get("bucket");
  const found = [...world.accessPoints.values()]
    .filter((it) => it.account === account && it.region === call.region)
    .filter((it) => bucket === null || it.bucket === bucket);
  const { items, next } = pageOf(found, query);
  return controlAnswer("ListAccessPointsResult", {
    AccessPointList: { AccessPoint: items.map(summaryOf) },
    ...next,
  });
}

function summaryOf(point: AccessPoint): XmlElement {
  const { name, vpcId, bucket, bucketAccount, alias } = point;
  return {
    Name: name,
    NetworkOrigin: vpcId === undefined ? "Internet" : "VPC",
    ...(vpcId === undefined ? {} : { VpcConfiguration: { VpcId: vpcId } }),
    Bucket: bucket,
    AccessPointArn: accessPointArn(point),
    Alias: alias,
    BucketAccountId: bucketAccount,
  };
}

/** The access point that the path names. Throws NoSuchAccessPoint. */
export function accessPointOf({ call, world, account, parts }: ControlCall): AccessPoint {
  const name = parts["name"] ?? "";
  const point = world.accessPoints.get(accessPointArn({ name, account, region: call.region }));
  if (point === undefined) throw s3Error("NoSuchAccessPoint");
  return point;
}
