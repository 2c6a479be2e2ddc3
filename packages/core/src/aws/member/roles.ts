import {
  type IamPlace,
  type IamStatement,
  policiesOf,
  readStatements,
  writeStatements,
} from "../iam/index.ts";

import { boundary, callerArns } from "./parameters.ts";
import type { Json } from "./substitute.ts";
import type { MemberTerms } from "./terms.ts";

/** The names of the two roles that the hub takes on in a member account. */
export function memberRoles(prefix: string): {
  /** For what only looks: intake, sweep and plans by hand. */
  readonly reader: string;
  /** For what repairs. */
  readonly remediation: string;
} {
  return { reader: `${prefix}-reader`, remediation: `${prefix}-remediation` };
}

/** Roles are global, so that only the stack of the home Region makes them. */
export function roleResources(terms: MemberTerms): Readonly<Record<string, Json>> {
  const { access, organization, prefix } = terms;
  const at: IamPlace = {
    partition: "${AWS::Partition}",
    account: "${AWS::AccountId}",
    ...(organization ? { organization: "${OrganizationId}" } : {}),
  };
  const read = managedPolicies("Read", readStatements(access, at), prefix);
  const write = managedPolicies("Write", writeStatements(access, at), prefix);
  const names = memberRoles(prefix);
  return {
    ...read,
    ...write,
    ReaderRole: role(terms, {
      name: names.reader,
      description: "Taken on by Bucket Warden to look; it changes no setting.",
      trusted: callerArns("reader", terms),
      policies: Object.keys(read),
    }),
    RemediationRole: role(terms, {
      name: names.remediation,
      description: "Taken on by Bucket Warden to repair what the baseline lets it repair.",
      trusted: callerArns("remediation", terms),
      policies: [...Object.keys(read), ...Object.keys(write)],
    }),
  };
}

function managedPolicies(
  kind: "Read" | "Write",
  statements: readonly IamStatement[],
  prefix: string,
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    policiesOf(statements).map((document, place) => [
      `${kind}Policy${place + 1}`,
      {
        Type: "AWS::IAM::ManagedPolicy",
        Condition: "IsHomeRegion",
        Properties: {
          ManagedPolicyName: `${prefix}-${kind.toLowerCase()}-${place + 1}`,
          Description: "Made from what the enabled controls of Bucket Warden need.",
          PolicyDocument: JSON.parse(JSON.stringify(document)),
        },
      },
    ]),
  );
}

interface Role {
  readonly name: string;
  readonly description: string;
  /** ARNs of roles in the hub. */
  readonly trusted: readonly string[];
  /** Logical names. */
  readonly policies: readonly string[];
}

function role(terms: MemberTerms, { name, description, trusted, policies }: Role): Json {
  return {
    Type: "AWS::IAM::Role",
    Condition: "IsHomeRegion",
    Properties: {
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: trustIn(trusted, terms),
      ManagedPolicyArns: policies.map((policy) => ({ Ref: policy })),
      MaxSessionDuration: 3_600,
      PermissionsBoundary: boundary,
    },
  };
}

/**
 * The principal is the account, the condition its roles: IAM then needs no role to exist before, and
 * one that is made anew is trusted as before instead of becoming an id that nobody has.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
function trustIn(callers: readonly string[], { organization }: MemberTerms): Json {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "HubOnly",
        Effect: "Allow",
        Principal: { AWS: "arn:${AWS::Partition}:iam::${HubAccountId}:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": [...callers] },
          StringEquals: {
            "sts:ExternalId": "${ExternalId}",
            ...(organization ? { "aws:PrincipalOrgID": "${OrganizationId}" } : {}),
          },
        },
      },
    ],
  };
}

/** What a stack tells after it is made. */
export const outputs: Readonly<Record<string, Json>> = {
  ForwarderRoleArn: { Value: { "Fn::GetAtt": ["ForwarderRole", "Arn"] } },
  ReaderRoleArn: {
    Condition: "IsHomeRegion",
    Value: { "Fn::GetAtt": ["ReaderRole", "Arn"] },
  },
  RemediationRoleArn: {
    Condition: "IsHomeRegion",
    Value: { "Fn::GetAtt": ["RemediationRole", "Arn"] },
  },
};
