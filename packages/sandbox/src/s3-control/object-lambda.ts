import { emptyAnswer, xmlBody } from "../s3/context.ts";
import { s3Error } from "../s3/errors.ts";
import { isPublicPolicy } from "../s3/public-policy.ts";
import type { Answer } from "../wire/request.ts";
import { childOf, textOf, type XmlElement } from "../wire/xml.ts";
import type { ObjectLambdaPoint } from "./object-lambda-point.ts";
import {
  type ControlCall,
  type ControlOperation,
  type ControlOperations,
  controlAnswer,
} from "./operation.ts";
import { allBlocked, pageOf, policyIn } from "./points.ts";

const path = "/accesspointforobjectlambda/{name}";
const shows: NonNullable<ControlOperation["shows"]> = ({ name }) => ({ name });

/**
 * Object Lambda access points, without their functions. Their public access block is always complete.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessPointForObjectLambda.html
 */
export const objectLambdaOperations: ControlOperations = {
  ListAccessPointsForObjectLambda: {
    method: "GET",
    path: "/accesspointforobjectlambda",
    serve: list,
  },
  CreateAccessPointForObjectLambda: { method: "PUT", path, shows, serve: create },
  GetAccessPointForObjectLambda: { method: "GET", path, shows, serve: get },
  DeleteAccessPointForObjectLambda: { method: "DELETE", path, shows, serve: remove },
  GetAccessPointConfigurationForObjectLambda: {
    method: "GET",
    path: `${path}/configuration`,
    shows,
    serve: (on) => {
      const { configuration } = pointIn(on);
      const root = "GetAccessPointConfigurationForObjectLambdaResult";
      return controlAnswer(root, { Configuration: configuration });
    },
  },
  PutAccessPointConfigurationForObjectLambda: {
    method: "PUT",
    path: `${path}/configuration`,
    shows,
    serve: (on) => {
      const root = "PutAccessPointConfigurationForObjectLambdaRequest";
      pointIn(on).configuration = configurationIn(on, root);
      return emptyAnswer(200);
    },
  },
  GetAccessPointPolicyForObjectLambda: {
    method: "GET",
    path: `${path}/policy`,
    shows,
    serve: (on) =>
      controlAnswer("GetAccessPointPolicyForObjectLambdaResult", { Policy: policyOf(on) }),
  },
  GetAccessPointPolicyStatusForObjectLambda: {
    method: "GET",
    path: `${path}/policyStatus`,
    shows,
    serve: (on) =>
      controlAnswer("GetAccessPointPolicyStatusForObjectLambdaResult", {
        PolicyStatus: { IsPublic: String(isPublicPolicy(policyOf(on))) },
      }),
  },
  PutAccessPointPolicyForObjectLambda: {
    method: "PUT",
    path: `${path}/policy`,
    shows,
    serve: putPolicy,
  },
  DeleteAccessPointPolicyForObjectLambda: {
    method: "DELETE",
    path: `${path}/policy`,
    shows,
    serve: (on) => {
      delete pointIn(on).policy;
      return emptyAnswer(204);
    },
  },
};

function arnIn({ call, account, parts }: ControlCall): string {
  return `arn:aws:s3-object-lambda:${call.region}:${account}:accesspoint/${parts["name"]}`;
}

function pointIn(on: ControlCall): ObjectLambdaPoint {
  const point = on.world.objectLambdas.get(arnIn(on));
  if (point === undefined) throw s3Error("NoSuchAccessPoint");
  return point;
}

function policyOf(on: ControlCall): string {
  const { policy } = pointIn(on);
  if (policy === undefined) throw s3Error("NoSuchAccessPointPolicy");
  return policy;
}

function list({ call, world, account }: ControlCall): Answer {
  const all = [...world.objectLambdas.values()].filter(
    (point) => point.account === account && point.region === call.region,
  );
  const { items, next } = pageOf(all, call.request.query);
  return controlAnswer("ListAccessPointsForObjectLambdaResult", {
    ObjectLambdaAccessPointList: {
      ObjectLambdaAccessPoint: items.map((point) => ({
        Name: point.name,
        ObjectLambdaAccessPointArn: point.arn,
        Alias: aliasOf(point),
      })),
    },
    ...next,
  });
}

function aliasOf({ alias }: ObjectLambdaPoint): XmlElement {
  return { Value: alias, Status: "READY" };
}

function create(on: ControlCall): Answer {
  const { call, world, account, parts } = on;
  const configuration = configurationIn(on, "CreateAccessPointForObjectLambdaRequest");
  const arn = arnIn(on);
  if (world.objectLambdas.has(arn)) throw s3Error("AccessPointAlreadyOwnedByYou");
  const name = parts["name"] ?? "";
  const point: ObjectLambdaPoint = {
    name,
    arn,
    account,
    region: call.region,
    alias: `${name.slice(0, 20)}-${call.id.toLowerCase()}--ol-s3`,
    createdAt: world.now(),
    configuration,
  };
  world.objectLambdas.set(arn, point);
  return controlAnswer("CreateAccessPointForObjectLambdaResult", {
    ObjectLambdaAccessPointArn: arn,
    Alias: aliasOf(point),
  });
}

function get(on: ControlCall): Answer {
  const point = pointIn(on);
  return controlAnswer("GetAccessPointForObjectLambdaResult", {
    Name: point.name,
    PublicAccessBlockConfiguration: allBlocked,
    CreationDate: new Date(point.createdAt).toISOString(),
    Alias: aliasOf(point),
  });
}

function remove(on: ControlCall): Answer {
  on.world.objectLambdas.delete(pointIn(on).arn);
  return emptyAnswer(204);
}

function configurationIn({ call }: ControlCall, root: string): XmlElement {
  const configuration = childOf(xmlBody(call, root), "Configuration") ?? {};
  if (textOf(configuration, "SupportingAccessPoint") === undefined) throw s3Error("MalformedXML");
  return configuration;
}

function putPolicy(on: ControlCall): Answer {
  const point = pointIn(on);
  const policy = policyIn(xmlBody(on.call, "PutAccessPointPolicyForObjectLambdaRequest"));
  if (isPublicPolicy(policy)) throw s3Error("AccessDenied");
  point.policy = policy;
  return emptyAnswer(200);
}
