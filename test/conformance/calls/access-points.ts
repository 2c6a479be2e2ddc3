import {
  CreateAccessPointCommand,
  CreateAccessPointForObjectLambdaCommand,
  CreateMultiRegionAccessPointCommand,
  DeleteAccessPointCommand,
  DeletePublicAccessBlockCommand,
  GetAccessPointCommand,
  GetAccessPointConfigurationForObjectLambdaCommand,
  GetAccessPointForObjectLambdaCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyForObjectLambdaCommand,
  GetAccessPointPolicyStatusCommand,
  GetAccessPointPolicyStatusForObjectLambdaCommand,
  GetMultiRegionAccessPointPolicyCommand,
  GetMultiRegionAccessPointPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  ListAccessPointsCommand,
  ListAccessPointsForObjectLambdaCommand,
  ListMultiRegionAccessPointsCommand,
  PutAccessPointPolicyCommand,
  PutAccessPointPolicyForObjectLambdaCommand,
  PutMultiRegionAccessPointPolicyCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3-control";
import { answered, type Row, refused, type Scene, showing } from "./row.ts";

/** What S3 Control knows of an account. */
export const accessPoints: readonly Row[] = [
  { about: "account public access block", play: accountBlock },
  { about: "access point", play: accessPoint },
  { about: "object lambda", play: objectLambda },
  { about: "multi-region access point", play: multiRegion },
];

const closed = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html */
async function accountBlock({ control, ask, account: AccountId }: Scene): Promise<void> {
  const get = () => control().send(new GetPublicAccessBlockCommand({ AccountId }));
  const put = (PublicAccessBlockConfiguration: object, id = AccountId) =>
    control().send(
      new PutPublicAccessBlockCommand({ AccountId: id, PublicAccessBlockConfiguration }),
    );
  const none = refused("NoSuchPublicAccessBlockConfiguration", 404);
  await ask("never set", get(), none);
  await ask("put one flag", put({ BlockPublicAcls: true }), answered());
  const rest = { IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false };
  const one = { BlockPublicAcls: true, ...rest };
  await ask("the others are off", get(), answered({ PublicAccessBlockConfiguration: one }));
  await ask("put", put(closed), answered());
  await ask("as it was put", get(), answered({ PublicAccessBlockConfiguration: closed }));
  await ask("of another account", put(closed, "999999999999"), refused("AccessDenied", 403));
  const erase = (id: string) =>
    control().send(new DeletePublicAccessBlockCommand({ AccountId: id }));
  await ask("delete that of another account", erase("999999999999"), refused("AccessDenied", 403));
  await ask("delete", erase(AccountId), answered());
  await ask("deleted", get(), none);
}

function allowing(account: string, Action: string, Resource: string): string {
  const statement = { Effect: "Allow", Principal: { AWS: account }, Action, Resource };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPoint.html */
async function accessPoint({ control, bucket, ask, account, region }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const of = { AccountId: account, Name: "conformance-point" };
  const list = () => control().send(new ListAccessPointsCommand({ AccountId: account, Bucket }));
  const get = () => control().send(new GetAccessPointCommand(of));
  const policy = () => control().send(new GetAccessPointPolicyCommand(of));
  const status = () => control().send(new GetAccessPointPolicyStatusCommand(of));
  const gone = refused("NoSuchAccessPoint", 404);
  await ask("none", list(), answered({ AccessPointList: [] }));
  await ask("missing", get(), gone);
  await ask("policy of a missing one", policy(), gone);
  await ask("status of a missing one", status(), gone);
  await control().send(new CreateAccessPointCommand({ ...of, Bucket }));
  const made = { Name: of.Name, Bucket, NetworkOrigin: "Internet" };
  const arn = `arn:aws:s3:${region}:${account}:accesspoint/${of.Name}`;
  await ask("listed", list(), showing({ AccessPointList: [{ ...made, AccessPointArn: arn }] }));
  await ask(
    "made",
    get(),
    showing({ ...made, PublicAccessBlockConfiguration: closed, BucketAccountId: account }),
  );
  const unset = refused("NoSuchAccessPointPolicy", 404);
  await ask("policy never set", policy(), unset);
  await ask("status without a policy", status(), unset);
  const Policy = allowing(account, "s3:GetObject", `${arn}/object/*`);
  await control().send(new PutAccessPointPolicyCommand({ ...of, Policy }));
  await ask("policy as it was put", policy(), answered({ Policy }));
  await ask("status", status(), answered({ PolicyStatus: { IsPublic: false } }));
  await control().send(new DeleteAccessPointCommand(of));
  await ask("deleted", get(), gone);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointForObjectLambda.html */
async function objectLambda({ control, ask, account, region }: Scene): Promise<void> {
  const AccountId = account;
  const of = { AccountId, Name: "conformance-lambda" };
  const list = () => control().send(new ListAccessPointsForObjectLambdaCommand({ AccountId }));
  const get = () => control().send(new GetAccessPointForObjectLambdaCommand(of));
  const configuration = () =>
    control().send(new GetAccessPointConfigurationForObjectLambdaCommand(of));
  const policy = () => control().send(new GetAccessPointPolicyForObjectLambdaCommand(of));
  const status = () => control().send(new GetAccessPointPolicyStatusForObjectLambdaCommand(of));
  const gone = refused("NoSuchAccessPoint", 404);
  await ask("none", list(), answered({ ObjectLambdaAccessPointList: [] }));
  await ask("missing", get(), gone);
  await ask("configuration of a missing one", configuration(), gone);
  await ask("policy of a missing one", policy(), gone);
  await ask("status of a missing one", status(), gone);
  const FunctionArn = `arn:aws:lambda:${region}:${account}:function:redact`;
  const Configuration = {
    SupportingAccessPoint: `arn:aws:s3:${region}:${account}:accesspoint/plain`,
    TransformationConfigurations: [
      {
        Actions: ["GetObject" as const],
        ContentTransformation: { AwsLambda: { FunctionArn } },
      },
    ],
  };
  await control().send(new CreateAccessPointForObjectLambdaCommand({ ...of, Configuration }));
  const arn = `arn:aws:s3-object-lambda:${region}:${account}:accesspoint/${of.Name}`;
  const listed = { Name: of.Name, ObjectLambdaAccessPointArn: arn };
  await ask("listed", list(), showing({ ObjectLambdaAccessPointList: [listed] }));
  await ask("made", get(), showing({ Name: of.Name, PublicAccessBlockConfiguration: closed }));
  await ask("as configured", configuration(), showing({ Configuration }));
  const unset = refused("NoSuchAccessPointPolicy", 404);
  await ask("policy never set", policy(), unset);
  await ask("status without a policy", status(), unset);
  const Policy = allowing(account, "s3-object-lambda:GetObject", arn);
  await control().send(new PutAccessPointPolicyForObjectLambdaCommand({ ...of, Policy }));
  await ask("policy as it was put", policy(), answered({ Policy }));
  await ask("status", status(), answered({ PolicyStatus: { IsPublic: false } }));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListMultiRegionAccessPoints.html */
async function multiRegion({ control: at, bucket, ask, account }: Scene): Promise<void> {
  const control = () => at("us-west-2"); // where AWS has them all
  const AccountId = account;
  const Bucket = await bucket("a");
  const of = { AccountId, Name: "conformance-everywhere" };
  const list = () => control().send(new ListMultiRegionAccessPointsCommand({ AccountId }));
  const policy = () => control().send(new GetMultiRegionAccessPointPolicyCommand(of));
  const status = () => control().send(new GetMultiRegionAccessPointPolicyStatusCommand(of));
  const gone = refused("NoSuchMultiRegionAccessPoint", 404);
  await ask("none", list(), answered({ AccessPoints: [] }));
  await ask("policy of a missing one", policy(), gone);
  await ask("status of a missing one", status(), gone);
  const Details = { Name: of.Name, Regions: [{ Bucket }] };
  await control().send(new CreateMultiRegionAccessPointCommand({ AccountId, Details }));
  const made = { Name: of.Name, PublicAccessBlock: closed, Status: "READY" };
  await ask("listed", list(), showing({ AccessPoints: [{ ...made, Regions: [{ Bucket }] }] }));
  await ask("policy never set", policy(), showing({ Policy: { Established: {} } }));
  await ask("status without a policy", status(), answered({ Established: { IsPublic: false } }));
  const alias = (await control().send(new ListMultiRegionAccessPointsCommand({ AccountId })))
    .AccessPoints?.[0]?.Alias;
  const arn = `arn:aws:s3::${account}:accesspoint/${alias}`;
  const Policy = allowing(account, "s3:GetObject", `${arn}/object/*`);
  await control().send(
    new PutMultiRegionAccessPointPolicyCommand({ AccountId, Details: { Name: of.Name, Policy } }),
  );
  await ask("policy as it was put", policy(), showing({ Policy: { Established: { Policy } } }));
  await ask("status", status(), answered({ Established: { IsPublic: false } }));
}
