import { controls } from "@bucket-warden/core/controls";
import { eventRules } from "@bucket-warden/core/event";
import { enabledUnder } from "@bucket-warden/core/iam";
import { memberParameters, memberTemplate } from "@bucket-warden/core/member";
import { deployedFunctions } from "./functions.ts";
import type { Organization } from "./settings.ts";
import type { Stage } from "./stage.ts";

const capabilities = ["CAPABILITY_NAMED_IAM"];

/**
 * Deploys what each guarded account needs: to every account of the units, new ones included, or to
 * the hub's own account alone.
 */
export function createMembers(stage: Stage): void {
  const { settings, names } = stage;
  const organization = settings.guard === "account" ? undefined : settings.guard;
  const templateBody = JSON.stringify(templateOf(stage, organization));
  const parameters = parametersOf(stage, organization);
  if (organization !== undefined) {
    createStackSet(stage, organization, { templateBody, parameters });
    return;
  }
  for (const region of names.eventRegions) {
    new aws.cloudformation.Stack(`Member-${region}`, {
      name: names.prefix,
      region,
      templateBody,
      parameters,
      capabilities,
    });
  }
}

interface Contents {
  readonly templateBody: string;
  readonly parameters: Record<string, string>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html */
function createStackSet({ names }: Stage, organization: Organization, contents: Contents): void {
  const callAs = organization.deployAs === "management-account" ? "SELF" : "DELEGATED_ADMIN";
  const operationPreferences = {
    failureTolerancePercentage: 20,
    maxConcurrentPercentage: 50,
    regionConcurrencyType: "PARALLEL",
  };
  const stackSet = new aws.cloudformation.StackSet("Members", {
    ...contents,
    name: names.prefix,
    description: "What Bucket Warden needs in each account that it guards",
    permissionModel: "SERVICE_MANAGED",
    callAs,
    capabilities,
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { active: true },
    operationPreferences,
  });
  new aws.cloudformation.StackInstances("MemberInstances", {
    stackSetName: stackSet.name,
    callAs,
    regions: [...names.eventRegions],
    deploymentTargets: { organizationalUnitIds: [...organization.units] },
    operationPreferences,
  });
}

function templateOf(
  { settings, baseline, access, names }: Stage,
  organization: Organization | undefined,
) {
  return memberTemplate({
    prefix: names.prefix,
    rules: eventRules(enabledUnder(baseline, controls)),
    access,
    organization: organization !== undefined,
    sweepSchedule: settings.sweep,
    functions: deployedFunctions(settings),
  });
}

function parametersOf({ settings, names }: Stage, organization: Organization | undefined) {
  const boundary = settings.permissionsBoundary;
  return {
    ...memberParameters({
      account: names.account,
      busArn: names.busArn,
      homeRegion: names.region,
      externalId: settings.externalId,
      ...(organization === undefined ? {} : { organization: organization.id }),
      ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    }),
  };
}
