import { callersOf } from "../iam/index.ts";
import type { Json } from "./substitute.ts";
import type { MemberTerms } from "./terms.ts";

const names = {
  hubAccount: "HubAccountId",
  bus: "HubBusArn",
  homeRegion: "HomeRegion",
  externalId: "ExternalId",
  organization: "OrganizationId",
  boundary: "PermissionsBoundary",
} as const;

/** What the template asks of whoever deploys it. */
export function parameters({
  organization,
}: {
  readonly organization: boolean;
}): Readonly<Record<string, Json>> {
  return {
    [names.hubAccount]: text("The account of the hub.", "^\\d{12}$"),
    [names.bus]: text(
      "ARN of the event bus of the hub.",
      "^arn:[a-z-]+:events:[a-z0-9-]+:\\d{12}:event-bus/[\\w./-]+$",
    ),
    [names.homeRegion]: text(
      "The Region in which the roles are made: they are global, and one stack has to make them.",
      "^[a-z]{2,4}(-[a-z]+)+-\\d{1,2}$",
    ),
    [names.externalId]: {
      ...text("What the hub says when it takes on a role.", "^[\\w+=,.@:/-]{2,1224}$"),
      NoEcho: true,
    },
    ...(organization
      ? {
          [names.organization]: text("The organization of hub and member.", "^o-[a-z0-9]{10,32}$"),
        }
      : {}),
    [names.boundary]: {
      ...text(
        "Name of a policy in the account that bounds the roles; empty for none.",
        "^[\\w+=,.@/-]{0,128}$",
      ),
      Default: "",
    },
  };
}

export const conditions: Readonly<Record<string, Json>> = {
  IsHomeRegion: { "Fn::Equals": [{ Ref: "AWS::Region" }, { Ref: names.homeRegion }] },
  IsBounded: { "Fn::Not": [{ "Fn::Equals": [{ Ref: names.boundary }, ""] }] },
};

/** The hub that a member belongs to. */
export interface Hub {
  readonly account: string;
  readonly busArn: string;
  readonly homeRegion: string;
  readonly externalId: string;
  /** Given exactly where the template was made for an organization. */
  readonly organization?: string;
  /** Name of a policy that each member account has. */
  readonly permissionsBoundary?: string;
}

/** The values of the parameters, by name. */
export function memberParameters(hub: Hub): Readonly<Record<string, string>> {
  return {
    [names.hubAccount]: hub.account,
    [names.bus]: hub.busArn,
    [names.homeRegion]: hub.homeRegion,
    [names.externalId]: hub.externalId,
    ...(hub.organization === undefined ? {} : { [names.organization]: hub.organization }),
    [names.boundary]: hub.permissionsBoundary ?? "",
  };
}

function text(description: string, pattern: string) {
  return { Type: "String", Description: description, AllowedPattern: pattern };
}

/** The ARNs of those roles of the hub that may take on a member role. */
export function callerArns(
  role: "reader" | "remediation",
  { prefix, functions }: Pick<MemberTerms, "prefix" | "functions">,
): readonly string[] {
  const at = `arn:\${AWS::Partition}:iam::\${${names.hubAccount}}:role/${prefix}`;
  const callers = callersOf(role).filter((name) => functions?.includes(name) ?? true);
  return callers.map((name) => `${at}-${name}`);
}

/** The policy of the account that bounds a role, or none. */
export const boundary: Json = {
  "Fn::If": [
    "IsBounded",
    `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/\${${names.boundary}}`,
    { Ref: "AWS::NoValue" },
  ],
};
