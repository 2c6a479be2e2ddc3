import { xmlBody } from "../s3/context.ts";
import { s3Error } from "../s3/errors.ts";
import { acceptPublicAccessBlock } from "../s3/public-access-block.ts";
import { isPublicPolicy } from "../s3/public-policy.ts";
import type { Answer } from "../wire/request.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../wire/xml.ts";
import type { MultiRegionPoint, RoutedBucket } from "./multi-region-point.ts";
import { type ControlCall, type ControlOperations, controlAnswer } from "./operation.ts";
import { allBlocked, pageOf, policyIn } from "./points.ts";

/** Calls about them are answered and logged in one Region, whatever Region the caller names. */
const region = "us-west-2";
const path = "/mrap/instances/{name}";
const requests = "/async-requests/mrap";

/**
 * Multi-Region Access Points. What takes AWS minutes is done before the answer here, and what AWS
 * accepts and lets fail later is refused at once.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateMultiRegionAccessPoint.html
 */
export const multiRegionOperations: ControlOperations = {
  ListMultiRegionAccessPoints: { method: "GET", path: "/mrap/instances", region, serve: list },
  GetMultiRegionAccessPoint: {
    method: "GET",
    path,
    region,
    serve: (on) => {
      const point = pointIn(on, on.parts["name"]);
      return controlAnswer("GetMultiRegionAccessPointResult", { AccessPoint: shown(point) });
    },
  },
  GetMultiRegionAccessPointPolicy: {
    method: "GET",
    path: `${path}/policy`,
    region,
    serve: getPolicy,
  },
  GetMultiRegionAccessPointPolicyStatus: {
    method: "GET",
    path: `${path}/policystatus`,
    region,
    serve: (on) => {
      const { policy } = pointIn(on, on.parts["name"]);
      const isPublic = policy !== undefined && isPublicPolicy(policy);
      const status = { Established: { IsPublic: String(isPublic) } };
      return controlAnswer("GetMultiRegionAccessPointPolicyStatusResult", status);
    },
  },
  CreateMultiRegionAccessPoint: {
    method: "POST",
    path: `${requests}/create`,
    region,
    serve: create,
  },
  DeleteMultiRegionAccessPoint: {
    method: "POST",
    path: `${requests}/delete`,
    region,
    serve: remove,
  },
  PutMultiRegionAccessPointPolicy: {
    method: "POST",
    path: `${requests}/put-policy`,
    region,
    serve: putPolicy,
  },
};

function keyOf(account: string, name: string): string {
  return `${account}/${name}`;
}

function pointIn({ world, account }: ControlCall, name: string | undefined): MultiRegionPoint {
  const point = world.multiRegionPoints.get(keyOf(account, name ?? ""));
  if (point === undefined) throw s3Error("NoSuchMultiRegionAccessPoint");
  return point;
}

function list({ call, world, account }: ControlCall): Answer {
  const all = [...world.multiRegionPoints.values()].filter((point) => point.account === account);
  const { items, next } = pageOf(all, call.request.query);
  return controlAnswer("ListMultiRegionAccessPointsResult", {
    AccessPoints: { AccessPoint: items.map(shown) },
    ...next,
  });
}

function shown({ name, alias, createdAt, block, status, buckets }: MultiRegionPoint): XmlElement {
  return {
    Name: name,
    Alias: alias,
    CreatedAt: new Date(createdAt).toISOString(),
    PublicAccessBlock: block,
    Status: status,
    Regions: {
      Region: buckets.map((bucket) => ({
        Bucket: bucket.name,
        Region: bucket.region,
        BucketAccountId: bucket.account,
      })),
    },
  };
}

/** Without a policy that is not an error: the parts of the answer are empty. */
function getPolicy(on: ControlCall): Answer {
  const { policy } = pointIn(on, on.parts["name"]);
  const document = policy === undefined ? {} : { Policy: policy };
  return controlAnswer("GetMultiRegionAccessPointPolicyResult", {
    Policy: { Established: document, Proposed: document },
  });
}

function create(on: ControlCall): Answer {
  const { call, world, account } = on;
  const details = detailsIn(on, "CreateMultiRegionAccessPointRequest");
  const name = textOf(details, "Name") ?? "";
  const regions = childrenOf(childOf(details, "Regions") ?? {}, "Region");
  if (name === "" || regions.length === 0) throw s3Error("InvalidRequest");
  world.multiRegionPoints.set(keyOf(account, name), {
    name,
    account,
    alias: `${call.id.toLowerCase()}.mrap`,
    createdAt: world.now(),
    block: acceptPublicAccessBlock(childOf(details, "PublicAccessBlock") ?? allBlocked),
    buckets: regions.map((element) => bucketIn(on, element)),
    status: "READY",
  });
  return accepted(on, "CreateMultiRegionAccessPointResult");
}

function bucketIn({ world, account }: ControlCall, element: XmlElement): RoutedBucket {
  const bucket = world.buckets.get(textOf(element, "Bucket") ?? "");
  const owner = textOf(element, "BucketAccountId") ?? account;
  if (bucket?.account !== owner) throw s3Error("NoSuchBucket");
  return { name: bucket.name, region: bucket.region, account: owner };
}

function remove(on: ControlCall): Answer {
  const details = detailsIn(on, "DeleteMultiRegionAccessPointRequest");
  const { account, name } = pointIn(on, textOf(details, "Name"));
  on.world.multiRegionPoints.delete(keyOf(account, name));
  return accepted(on, "DeleteMultiRegionAccessPointResult");
}

function putPolicy(on: ControlCall): Answer {
  const details = detailsIn(on, "PutMultiRegionAccessPointPolicyRequest");
  const point = pointIn(on, textOf(details, "Name"));
  const policy = policyIn(details);
  const isBlocked = textOf(point.block, "BlockPublicPolicy") === "true";
  if (isBlocked && isPublicPolicy(policy)) throw s3Error("AccessDenied");
  point.policy = policy;
  return accepted(on, "PutMultiRegionAccessPointPolicyResult");
}

function detailsIn({ call }: ControlCall, root: string): XmlElement {
  const details = childOf(xmlBody(call, root), "Details");
  if (details === undefined) throw s3Error("MalformedXML");
  return details;
}

function accepted({ call, account }: ControlCall, root: string): Answer {
  const token = `arn:aws:s3:${region}:${account}:async-request/mrap/${call.id}`;
  return controlAnswer(root, { RequestTokenARN: token });
}
