import { account, region } from "./documents.ts";
import type { Answer } from "./s3.ts";

/** DynamoDB's items by key, as one table of them. */
export type Items = Map<string, Readonly<Record<string, unknown>>>;

const json = "application/x-amz-json-1.1";
const keyId = "11111111-2222-3333-4444-555555555555";
const key = {
  KeyId: keyId,
  Arn: `arn:aws:kms:${region}:${account}:key/${keyId}`,
  KeyState: "Enabled",
  KeyManager: "CUSTOMER",
  KeyUsage: "ENCRYPT_DECRYPT",
  KeySpec: "SYMMETRIC_DEFAULT",
  Origin: "AWS_KMS",
};

/** Constant answers of services that are asked in JSON, by operation. */
const constants: Readonly<Record<string, object>> = {
  DescribeKey: { KeyMetadata: key },
  GetKeyRotationStatus: { KeyRotationEnabled: true },
  DescribeDeliverySources: { deliverySources: [] },
  DescribeDeliveries: { deliveries: [] },
  DescribeTrails: { trailList: [] },
  ListParents: { Parents: [{ Id: "r-root", Type: "ROOT" }] },
  LookupEvents: { Events: [] },
  GetParameter: { Parameter: { Name: "stop", Value: "off" } },
  ChangeMessageVisibility: {},
  SendMessage: { MessageId: "1" },
  SendMessageBatch: { Successful: [], Failed: [] },
};

/** The names of errors that some of these services answer with by nature. */
const refusals: Readonly<Record<string, string>> = {
  DescribeEffectivePolicy: "EffectivePolicyNotFoundException",
  DescribeAccount: "AccountNotFoundException",
};

/** Answers a call that names its operation in `x-amz-target`. */
export function answerJson(target: string, body: string, items: Items): Answer {
  const operation = target.slice(target.lastIndexOf(".") + 1);
  if (target.startsWith("DynamoDB")) return told(operation, table(operation, body, items));
  const refusal = refusals[operation];
  if (refusal !== undefined) return told(operation, { __type: refusal, message: "none" }, 400);
  return told(operation, constants[operation] ?? {});
}

function told(operation: string, answer: object, status = 200): Answer {
  return { operation, status, type: json, body: JSON.stringify(answer) };
}

interface TableCall {
  readonly Key?: Readonly<Record<string, { readonly S: string }>>;
  readonly Item?: Readonly<Record<string, { readonly S: string }>>;
  readonly ExpressionAttributeValues?: Readonly<
    Record<string, { readonly S?: string; N?: string }>
  >;
  readonly ScanIndexForward?: boolean;
}

/** As much of DynamoDB as a ledger needs, without conditions: nobody else writes. */
function table(operation: string, body: string, items: Items): object {
  const call: TableCall = JSON.parse(body);
  const id = (it: TableCall["Key"]) => `${it?.["pk"]?.S}\n${it?.["sk"]?.S}`;
  switch (operation) {
    case "PutItem":
      items.set(id(call.Item), call.Item ?? {});
      return {};
    case "GetItem": {
      const item = items.get(id(call.Key));
      return item === undefined ? {} : { Item: item };
    }
    case "UpdateItem":
      return { Attributes: { total: { N: "1" } } };
    case "Query": {
      const { ":pk": pk, ":prefix": prefix } = call.ExpressionAttributeValues ?? {};
      const start = `${pk?.S}\n${prefix?.S ?? ""}`;
      const found = [...items].filter(([it]) => it.startsWith(start)).sort();
      const ordered = call.ScanIndexForward === false ? found.reverse() : found;
      return { Items: ordered.map(([, item]) => item), Count: ordered.length };
    }
    default:
      return {};
  }
}

const controlLists: Readonly<Record<string, readonly [operation: string, root: string]>> = {
  "/v20180820/accesspoint": ["ListAccessPoints", "ListAccessPointsResult"],
  "/v20180820/accesspointforobjectlambda": [
    "ListAccessPointsForObjectLambda",
    "ListAccessPointsForObjectLambdaResult",
  ],
  "/v20180820/mrap/instances": ["ListMultiRegionAccessPoints", "ListMultiRegionAccessPointsResult"],
};

const block =
  "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>";

/** Answers a call of S3 Control. */
export function answerControl(path: string): Answer {
  const type = "application/xml";
  if (path === "/v20180820/configuration/publicAccessBlock") {
    const body = `<PublicAccessBlockConfiguration>${block}</PublicAccessBlockConfiguration>`;
    return { operation: "GetPublicAccessBlock of the account", status: 200, type, body };
  }
  const [operation, root] = controlLists[path] ?? [`S3 Control ${path}`, "Result"];
  return { operation, status: 200, type, body: `<${root}></${root}>` };
}

const until = "2099-01-01T00:00:00Z";
const role = `<Credentials><AccessKeyId>ASIABENCH</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${until}</Expiration></Credentials>`;
const results: Readonly<Record<string, string>> = {
  GetCallerIdentity: `<Arn>arn:aws:iam::${account}:user/bench</Arn><UserId>AIDABENCH</UserId><Account>${account}</Account>`,
  AssumeRole: `${role}<AssumedRoleUser><AssumedRoleId>AROABENCH:bench</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/bench/bench</Arn></AssumedRoleUser>`,
  ListAccountAliases: "<IsTruncated>false</IsTruncated><AccountAliases></AccountAliases>",
  Publish: "<MessageId>1</MessageId>",
};

/** Answers a call of the services that are asked in forms: STS, IAM, SNS. */
export function answerForm(body: string): Answer {
  const operation = new URLSearchParams(body).get("Action") ?? "unknown";
  const result = `<${operation}Result>${results[operation] ?? ""}</${operation}Result>`;
  const text = `<${operation}Response>${result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${operation}Response>`;
  return { operation, status: 200, type: "text/xml", body: text };
}
