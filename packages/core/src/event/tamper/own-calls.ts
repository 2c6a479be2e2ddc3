import { calls, type Rows } from "./call.ts";

const redeploy = "deploy Bucket Warden again: npx sst refresh, then npx sst deploy";
const lost = `calls that change a bucket may no longer arrive; only sweeps see them`;
const stolen = "somebody else may now send to it, or read from it";
const silent = "people may no longer be told of what is found and repaired";
const stuck = "work that waits may be lost or never be done";
const code = "Bucket Warden may now do other work, or none";
const rights =
  "Bucket Warden may no longer be able to read or repair, or others may use its rights";
const memory = "what was done, what was told and what stood there before may be lost";
const sealed = "what this key encrypts (tasks, messages or the ledger) may no longer be readable";
const blindAlarm = "nobody may be told any more when Bucket Warden itself is in trouble";

const bus = "[ --event-bus-name {eventBusName}]";

const events: Rows = {
  DisableRule: [lost, `aws events enable-rule --name {name}${bus}`],
  DeleteRule: [lost, redeploy],
  PutRule: [lost, redeploy],
  PutTargets: [lost, redeploy],
  RemoveTargets: [lost, redeploy],
  PutPermission: [stolen, redeploy],
  RemovePermission: [lost, redeploy],
  DeleteEventBus: [lost, redeploy],
  UpdateEventBus: [lost, redeploy],
  CreateSubscriber: [stolen, redeploy],
  DeleteSubscriber: [lost, redeploy],
  DeleteEventSource: [lost, redeploy],
  RevokeResource: [lost, redeploy],
  PutResourcePolicy: [stolen, redeploy],
};

const scheduler: Rows = {
  DeleteSchedule: ["sweeps may no longer start, so that a missed event stays missed", redeploy],
  UpdateSchedule: ["sweeps may no longer start, so that a missed event stays missed", redeploy],
};

const sns: Rows = {
  DeleteTopic: [silent, redeploy],
  SetTopicAttributes: [silent, redeploy],
  Unsubscribe: [
    silent,
    "aws sns subscribe --topic-arn <topic> --protocol <protocol> --notification-endpoint <endpoint>",
  ],
  SetSubscriptionAttributes: [silent, redeploy],
  AddPermission: [stolen, "aws sns remove-permission --topic-arn {topicArn} --label {label}"],
  RemovePermission: [silent, redeploy],
};

const sqs: Rows = {
  DeleteQueue: [stuck, redeploy],
  SetQueueAttributes: [stuck, redeploy],
  PurgeQueue: [
    "all work that waited is lost",
    "start a sweep: it looks at everything that the lost work would have looked at",
  ],
  AddPermission: [stolen, "aws sqs remove-permission --queue-url {queueUrl} --label {label}"],
  RemovePermission: [stuck, redeploy],
};

const lambda: Rows = {
  CreateFunction: [code, redeploy],
  DeleteFunction: [code, redeploy],
  UpdateFunctionCode: [code, redeploy],
  UpdateFunctionConfiguration: [code, redeploy],
  AddPermission: [
    "somebody else may now run it",
    "aws lambda remove-permission --function-name {functionName} --statement-id {statementId}",
  ],
  RemovePermission: [lost, redeploy],
  CreateEventSourceMapping: ["it may now do work from another queue", redeploy],
  UpdateEventSourceMapping: [
    stuck,
    "aws lambda update-event-source-mapping --uuid {uUID} --enabled",
  ],
  DeleteEventSourceMapping: [stuck, redeploy],
  PutFunctionConcurrency: [
    stuck,
    "aws lambda delete-function-concurrency --function-name {functionName}",
  ],
  PutFunctionEventInvokeConfig: [
    lost,
    "aws lambda delete-function-event-invoke-config --function-name {functionName}",
  ],
};

const iam: Rows = {
  PutRolePolicy: [rights, redeploy],
  DeleteRolePolicy: [rights, redeploy],
  AttachRolePolicy: [
    rights,
    "aws iam detach-role-policy --role-name {roleName} --policy-arn {policyArn}",
  ],
  DetachRolePolicy: [
    rights,
    "aws iam attach-role-policy --role-name {roleName} --policy-arn {policyArn}",
  ],
  DeleteRole: [rights, redeploy],
  UpdateRole: [rights, redeploy],
  UpdateAssumeRolePolicy: [rights, redeploy],
  PutRolePermissionsBoundary: [
    rights,
    "aws iam delete-role-permissions-boundary --role-name {roleName}",
  ],
  DeleteRolePermissionsBoundary: [rights, redeploy],
  CreatePolicyVersion: [rights, redeploy],
  SetDefaultPolicyVersion: [rights, redeploy],
  DeletePolicyVersion: [rights, redeploy],
  DeletePolicy: [rights, redeploy],
};

const dynamodb: Rows = {
  DeleteTable: [
    memory,
    "aws dynamodb restore-table-to-point-in-time --source-table-name {tableName} --target-table-name {tableName} --use-latest-restorable-time, or the backup that aws dynamodb list-backups --table-name {tableName} --backup-type ALL shows",
  ],
  UpdateTable: [memory, redeploy],
  UpdateContinuousBackups: [
    "the ledger can perhaps no longer be restored",
    "aws dynamodb update-continuous-backups --table-name {tableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
  ],
  UpdateTimeToLive: [memory, redeploy],
  PutResourcePolicy: [stolen, "aws dynamodb delete-resource-policy --resource-arn {resourceArn}"],
  DeleteResourcePolicy: [memory, redeploy],
};

const kms: Rows = {
  DisableKey: [sealed, "aws kms enable-key --key-id {keyId}"],
  ScheduleKeyDeletion: [
    sealed,
    "aws kms cancel-key-deletion --key-id {keyId}, then aws kms enable-key --key-id {keyId}",
  ],
  PutKeyPolicy: [sealed, redeploy],
  DisableKeyRotation: [
    "the key no longer changes every year",
    "aws kms enable-key-rotation --key-id {keyId}",
  ],
  DeleteImportedKeyMaterial: [sealed, "aws kms import-key-material --key-id {keyId} …"],
  CreateGrant: [
    "somebody else may now use the key",
    "aws kms list-grants --key-id {keyId}, then aws kms revoke-grant --key-id {keyId} --grant-id <grant>",
  ],
  RevokeGrant: [sealed, redeploy],
  RetireGrant: [sealed, redeploy],
  UpdateAlias: [sealed, redeploy],
  DeleteAlias: [sealed, redeploy],
  DeleteCustomKeyStore: [sealed, redeploy],
  DisconnectCustomKeyStore: [
    sealed,
    "aws kms connect-custom-key-store --custom-key-store-id {customKeyStoreId}",
  ],
  UpdateCustomKeyStore: [sealed, redeploy],
  UpdatePrimaryRegion: [sealed, redeploy],
};

const cloudformation: Rows = {
  DeleteStackInstances: [
    "accounts lose the rule and the role by which they are watched",
    "aws cloudformation create-stack-instances --stack-set-name {stackSetName} --deployment-targets OrganizationalUnitIds=<unit> --regions <region>",
  ],
  DeleteStackSet: ["new accounts are no longer watched", redeploy],
  UpdateStackSet: [rights, redeploy],
  DeleteStack: [lost, redeploy],
  UpdateStack: [code, redeploy],
};

const monitoring: Rows = {
  DeleteAlarms: [blindAlarm, redeploy],
  DisableAlarmActions: [blindAlarm, "aws cloudwatch enable-alarm-actions --alarm-names <alarm>"],
};

const logs: Rows = {
  DeleteLogGroup: ["what Bucket Warden logged is gone; the ledger still has what it did", redeploy],
};

/** Calls that weaken Bucket Warden where they name something of its own. By service. */
export const ownCalls = {
  events: calls("on-ours", events),
  scheduler: calls("on-ours", scheduler),
  sns: calls("on-ours", sns),
  sqs: calls("on-ours", sqs),
  lambda: calls("on-ours", lambda, { isDated: true }),
  iam: calls("on-ours", iam),
  dynamodb: calls("on-ours", dynamodb),
  kms: calls("on-ours", kms),
  cloudformation: calls("on-ours", cloudformation),
  monitoring: calls("on-ours", monitoring),
  logs: calls("on-ours", logs),
};
