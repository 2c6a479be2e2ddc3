import type { Access } from "./access.ts";
import type { IamCondition } from "./document.ts";

/** Where a policy holds: words that ARNs are made of. A template has parameters in their place. */
export interface IamPlace {
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  /** The account of the role. */
  readonly account: string;
  /** The organization of the account, `o-…`; missing where it belongs to none. */
  readonly organization?: string;
}

/** What a statement may be about. */
export interface Reach {
  /** Ends the names of its statements, e.g. `ReadBuckets`. */
  readonly noun: string;
  readonly arns: readonly string[];
  readonly condition?: IamCondition;
}

/** `nothing`: IAM knows no resource of the action and wants `*`. */
export type ResourceKind =
  | "nothing"
  | "bucket"
  | "log-bucket"
  | "log-file"
  | "account-of-s3"
  | "access-point"
  | "multi-region-access-point"
  | "object-lambda"
  | "key"
  | "trail"
  | "vault"
  | "account-of-organization"
  | "findings";

/** The resources of a kind, as narrow as IAM lets them be said; several where conditions differ. */
export function reachOf(kind: ResourceKind, at: IamPlace, access: Access): readonly Reach[] {
  const { partition, account, organization = "o-*" } = at;
  const arn = (rest: string) => `arn:${partition}:${rest}`;
  // The ARN of a bucket does not name its account, and other accounts may let the role in.
  const own = { StringEquals: { "s3:ResourceAccount": [account] } };
  switch (kind) {
    case "nothing":
      return [{ noun: "Lists", arns: ["*"] }];
    case "bucket":
      return [{ noun: "Buckets", arns: [arn("s3:::*")], condition: own }];
    case "log-bucket": {
      const arns = access.logBuckets.map((name) => arn(`s3:::${filledIn(name, at)}`));
      return reachIf({ noun: "NamesOfLogFiles", arns, condition: own });
    }
    case "log-file": {
      const arns = access.readLogBuckets.map((name) => arn(`s3:::${filledIn(name, at)}/*`));
      return reachIf({ noun: "LogFiles", arns, condition: own });
    }
    case "account-of-s3":
      return [
        {
          noun: "AccountBlock",
          arns: ["*"],
          condition: { StringEqualsIfExists: own.StringEquals },
        },
      ];
    case "access-point":
      return [{ noun: "AccessPoints", arns: [arn(`s3:*:${account}:accesspoint/*`)] }];
    case "multi-region-access-point":
      return [{ noun: "MultiRegionAccessPoints", arns: [arn(`s3::${account}:accesspoint/*`)] }];
    case "object-lambda":
      return [
        { noun: "ObjectLambdas", arns: [arn(`s3-object-lambda:*:${account}:accesspoint/*`)] },
      ];
    case "key":
      return keys(at, access);
    case "trail": // that of an organization belongs to the management account
      return [{ noun: "Trails", arns: [arn("cloudtrail:*:*:trail/*")] }];
    case "vault":
      return [{ noun: "Vaults", arns: [arn(`glacier:*:${account}:vaults/*`)] }];
    case "account-of-organization": {
      const arns = [arn(`organizations::*:account/${organization}/${account}`)];
      const condition = { StringEquals: { "organizations:PolicyType": ["S3_POLICY"] } };
      return [{ noun: "EffectivePolicy", arns, condition }];
    }
    case "findings":
      return [
        { noun: "Findings", arns: [arn(`securityhub:*:${account}:product/${account}/default`)] },
      ];
  }
}

function reachIf(reach: Reach): readonly Reach[] {
  return reach.arns.length === 0 ? [] : [reach];
}

/** A template of the baseline as a pattern: one role is for all Regions and buckets of its account. */
function filledIn(template: string, { account, partition }: IamPlace): string {
  return template
    .replaceAll(/\{(region|bucket)\}/g, "*")
    .replaceAll("{account}", account)
    .replaceAll("{partition}", partition);
}

/** The own ones, those of the organization, and those of accounts that the baseline names. */
function keys({ partition, account, organization }: IamPlace, { keyAccounts }: Access) {
  const arn = (owner: string) => `arn:${partition}:kms:*:${owner}:key/*`;
  const own = [account, ...keyAccounts].map(arn);
  const reach: Reach[] = [{ noun: "Keys", arns: own }];
  if (organization === undefined) return reach;
  const condition = { StringEquals: { "aws:ResourceOrgID": [organization] } };
  return [...reach, { noun: "KeysOfOrganization", arns: [arn("*")], condition }];
}

/**
 * What each action is about, after the Service Authorization Reference.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const kinds: Readonly<Record<string, ResourceKind>> = {
  "s3:ListAllMyBuckets": "nothing",
  "s3:ListBucket": "log-bucket",
  "s3:GetObject": "log-file",
  "s3:ListAccessPoints": "nothing",
  "s3:GetAccessPoint": "nothing",
  "s3:GetAccessPointPolicy": "access-point",
  "s3:GetAccessPointPolicyStatus": "access-point",
  "s3:GetAccountPublicAccessBlock": "nothing",
  "s3:PutAccountPublicAccessBlock": "account-of-s3",
  "s3:ListAccessPointsForObjectLambda": "nothing",
  "s3:GetAccessPointForObjectLambda": "object-lambda",
  "s3:GetAccessPointConfigurationForObjectLambda": "object-lambda",
  "s3:GetAccessPointPolicyForObjectLambda": "object-lambda",
  "s3:GetAccessPointPolicyStatusForObjectLambda": "object-lambda",
  "s3:ListMultiRegionAccessPoints": "nothing",
  "s3:GetMultiRegionAccessPointPolicy": "multi-region-access-point",
  "s3:GetMultiRegionAccessPointPolicyStatus": "multi-region-access-point",
  "kms:DescribeKey": "key",
  "kms:GetKeyRotationStatus": "key",
  "glacier:ListVaults": "nothing",
  "glacier:GetVaultLock": "vault",
  "glacier:GetVaultAccessPolicy": "vault",
  "cloudtrail:DescribeTrails": "nothing",
  "cloudtrail:LookupEvents": "nothing",
  "cloudtrail:GetTrailStatus": "trail",
  "cloudtrail:GetEventSelectors": "trail",
  "logs:DescribeDeliverySources": "nothing",
  "logs:DescribeDeliveries": "nothing",
  "cloudwatch:GetMetricData": "nothing",
  "servicequotas:GetServiceQuota": "nothing",
  "organizations:DescribeEffectivePolicy": "account-of-organization",
  "securityhub:BatchImportFindings": "findings",
};

/** Most actions of S3 are about a bucket. Throws for an action of another service that has no row. */
export function kindOf(action: string): ResourceKind {
  const kind =
    kinds[action] ??
    (/^s3:(Get|Put|Delete)(Bucket|(Encryption|Lifecycle)Configuration)/.test(action)
      ? "bucket"
      : undefined);
  if (kind === undefined) throw new Error(`it is not written down what ${action} is about`);
  return kind;
}
