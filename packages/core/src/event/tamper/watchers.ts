import { calls, type Rows } from "./call.ts";

const blind = "calls are no longer recorded, so no change of a bucket is heard; only sweeps see it";
const narrowed = "the trail may record less, or somewhere else; what it leaves out is not heard";
const evidence = "CloudTrail Lake keeps no evidence of what happens from here on";
const lookAgain = "look what it was before with `aws cloudtrail lookup-events`, and put that back";
const ruled = "policies of the organization may now stop the roles of Bucket Warden, or let others";

const cloudtrail: Rows = {
  StopLogging: [blind, "aws cloudtrail start-logging --name {name}"],
  DeleteTrail: [
    blind,
    "aws cloudtrail create-trail --name {name} --s3-bucket-name <bucket> --is-multi-region-trail, then aws cloudtrail start-logging --name {name}",
  ],
  UpdateTrail: [
    narrowed,
    "aws cloudtrail update-trail --name {name} --is-multi-region-trail --include-global-service-events --enable-log-file-validation",
  ],
  PutEventSelectors: [
    "the trail may no longer record management calls that write; then no change of a bucket is heard",
    `aws cloudtrail put-event-selectors --trail-name {trailName} --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true}]' (data event selectors have to be added again)`,
  ],
  PutInsightSelectors: [
    "CloudTrail may no longer report unusual activity",
    `aws cloudtrail put-insight-selectors --trail-name {trailName} --insight-selectors '[{"InsightType":"ApiCallRateInsight"},{"InsightType":"ApiErrorRateInsight"}]'`,
  ],
  PutEventConfiguration: [
    "records may be larger or other than before; records of more than 256 KB are not heard",
    "aws cloudtrail put-event-configuration --trail-name {trailName} --max-event-size Standard",
  ],
  StopEventDataStoreIngestion: [
    evidence,
    "aws cloudtrail start-event-data-store-ingestion --event-data-store {eventDataStore}",
  ],
  DeleteEventDataStore: [
    evidence,
    "aws cloudtrail restore-event-data-store --event-data-store {eventDataStore} (within seven days)",
  ],
  UpdateEventDataStore: [evidence, lookAgain],
  DeregisterOrganizationDelegatedAdmin: [
    "the account that looked after the trails of the organization no longer may",
    "aws cloudtrail register-organization-delegated-admin --member-account-id {delegatedAdminAccountId}",
  ],
};

const organizations: Rows = {
  AttachPolicy: [
    ruled,
    "aws organizations detach-policy --policy-id {policyId} --target-id {targetId}",
  ],
  DetachPolicy: [
    ruled,
    "aws organizations attach-policy --policy-id {policyId} --target-id {targetId}",
  ],
  UpdatePolicy: [ruled, lookAgain],
  DisablePolicyType: [
    "a whole type of policy no longer holds in the organization",
    "aws organizations enable-policy-type --root-id {rootId} --policy-type {policyType}",
  ],
  LeaveOrganization: [
    "the account is no longer watched: its events and its role belonged to the organization",
    "aws organizations invite-account-to-organization --target Id={account},Type=ACCOUNT",
  ],
  RemoveAccountFromOrganization: [
    "the account is no longer watched: its events and its role belonged to the organization",
    "aws organizations invite-account-to-organization --target Id={accountId},Type=ACCOUNT",
  ],
  MoveAccount: [
    "other policies hold for the account, and automatic deployment may have left it",
    "aws organizations move-account --account-id {accountId} --source-parent-id {destinationParentId} --destination-parent-id {sourceParentId}",
  ],
  DisableAWSServiceAccess: [
    "a service, perhaps CloudTrail or CloudFormation StackSets, no longer works across the organization",
    "aws organizations enable-aws-service-access --service-principal {servicePrincipal}",
  ],
  DeregisterDelegatedAdministrator: [
    "the account that looked after a service of the organization no longer may",
    "aws organizations register-delegated-administrator --account-id {accountId} --service-principal {servicePrincipal}",
  ],
};

const sts: Rows = {
  AssumeRoot: [
    "somebody acts as the root user of a member account, whom the account's own policies do not bind",
    "nothing undoes it: look what that user did with `aws cloudtrail lookup-events`",
  ],
};

const config: Rows = {
  StopConfigurationRecorder: [
    "AWS Config no longer records the configuration here",
    "aws configservice start-configuration-recorder --configuration-recorder-name {configurationRecorderName}",
  ],
  DeleteConfigurationRecorder: [
    "AWS Config no longer records the configuration here",
    "aws configservice put-configuration-recorder --configuration-recorder name={configurationRecorderName},roleARN=<role>, then aws configservice start-configuration-recorder --configuration-recorder-name {configurationRecorderName}",
  ],
  DeleteDeliveryChannel: [
    "AWS Config no longer delivers what it records here",
    "aws configservice put-delivery-channel --delivery-channel name={deliveryChannelName},s3BucketName=<bucket>",
  ],
};

const securityhub: Rows = {
  BatchDisableStandards: [
    "Security Hub no longer judges by these standards here",
    "aws securityhub batch-enable-standards --standards-subscription-requests StandardsArn=<standard>",
  ],
  DisableSecurityHub: [
    "Security Hub no longer takes findings here",
    "aws securityhub enable-security-hub",
  ],
};

const guardduty: Rows = {
  DeleteDetector: [
    "GuardDuty no longer looks for threats here",
    "aws guardduty create-detector --enable",
  ],
};

/** Calls that weaken what an account is watched with, whatever they name. By service. */
export const watcherCalls = {
  cloudtrail: calls("always", cloudtrail),
  organizations: calls("always", organizations),
  sts: calls("always", sts),
  config: calls("always", config),
  securityhub: calls("always", securityhub),
  guardduty: calls("always", guardduty),
};
