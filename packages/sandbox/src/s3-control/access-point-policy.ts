import { emptyAnswer, xmlBody } from "../s3/context.ts";
import { s3Error } from "../s3/errors.ts";
import { refuseMalformedPolicy } from "../s3/policy-grammar.ts";
import { isPublicPolicy } from "../s3/public-policy.ts";
import { textOf } from "../wire/xml.ts";
import { type AccessPoint, accessPointArn } from "./access-point.ts";
import { accessPointOf } from "./access-points.ts";
import {
  type ControlCall,
  type ControlOperation,
  type ControlOperations,
  controlAnswer,
} from "./operation.ts";

const path = "/accesspoint/{name}/policy";
const shows: NonNullable<ControlOperation["shows"]> = ({ name }) => ({ name });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html */
export const accessPointPolicyOperations: ControlOperations = {
  GetAccessPointPolicy: {
    method: "GET",
    path,
    shows,
    serve: (on) =>
      controlAnswer("GetAccessPointPolicyResult", { Policy: policyOf(accessPointOf(on)) }),
  },
  GetAccessPointPolicyStatus: {
    method: "GET",
    path: `${path}Status`,
    shows,
    serve: (on) => {
      const point = accessPointOf(on);
      const isPublic = isPublicThrough(point, policyOf(point));
      return controlAnswer("GetAccessPointPolicyStatusResult", {
        PolicyStatus: { IsPublic: String(isPublic) },
      });
    },
  },
  PutAccessPointPolicy: { method: "PUT", path, shows, serve: put },
  DeleteAccessPointPolicy: {
    method: "DELETE",
    path,
    shows,
    serve: (on) => {
      delete accessPointOf(on).policy;
      return emptyAnswer(204);
    },
  },
};

function put(on: ControlCall) {
  const point = accessPointOf(on);
  const policy = textOf(xmlBody(on.call, "PutAccessPointPolicyRequest"), "Policy") ?? "";
  const arn = accessPointArn(point);
  refuseMalformedPolicy(policy, (resource) => resource === arn || isBelow(resource, arn));
  if (textOf(point.block, "BlockPublicPolicy") === "true" && isPublicThrough(point, policy)) {
    throw s3Error("AccessDenied");
  }
  point.policy = policy;
  return emptyAnswer(200);
}

/** Objects of an access point are named behind the word `object`. */
function isBelow(resource: string, arn: string): boolean {
  return resource.startsWith(`${arn}/object/`) || resource === `${arn}/*`;
}

/** What is reached from one VPC only is never public. */
function isPublicThrough({ vpcId }: AccessPoint, policy: string): boolean {
  return vpcId === undefined && isPublicPolicy(policy);
}

function policyOf({ policy }: AccessPoint): string {
  if (policy === undefined) throw s3Error("NoSuchAccessPointPolicy");
  return policy;
}
