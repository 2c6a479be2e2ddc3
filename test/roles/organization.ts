import { parseBaseline } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import { eventRules } from "@bucket-warden/core/event";
import {
  type Access,
  type AccessOptions,
  accessUnder,
  callersOf,
  enabledUnder,
  type HubFunction,
  hubFunctions,
  hubPolicy,
} from "@bucket-warden/core/iam";
import { memberParameters, memberRoles, memberTemplate } from "@bucket-warden/core/member";
import type { RoleAccess, Sandbox } from "@bucket-warden/sandbox";
import { type Made, stackOf } from "./cloudformation.ts";
import { documentIn, roleAccess } from "./policies.ts";

const prefix = "bucket-warden";
export const externalId = "8e1c-of-the-hub";
export const organization = "o-sandboxorg01";
export const names = memberRoles(prefix);

export function accessFor(baseline: object, options: AccessOptions = {}): Access {
  return accessUnder(parseBaseline(baseline, "test"), controls, options);
}

/** The template of a member under a baseline. */
export function templateFor(
  baseline: object,
  { isInOrganization = true, ...options }: AccessOptions & { isInOrganization?: boolean } = {},
) {
  return memberTemplate({
    prefix,
    rules: eventRules(enabledUnder(parseBaseline(baseline, "test"), controls)),
    access: accessFor(baseline, options),
    organization: isInOrganization,
    sweepSchedule: "rate(6 hours)",
  });
}

/** The member stack of one account, in the home Region. */
export function memberStack(
  template: ReturnType<typeof memberTemplate>,
  { hub, account, region }: { hub: string; account: string; region: string },
): ReadonlyMap<string, Made> {
  const busArn = `arn:aws:events:${region}:${hub}:event-bus/${prefix}`;
  const isInOrganization = Object.hasOwn(template.Parameters, "OrganizationId");
  const parameters = memberParameters({
    account: hub,
    busArn,
    homeRegion: region,
    externalId,
    ...(isInOrganization ? { organization } : {}),
  });
  return stackOf(template, { account, region, parameters });
}

/** What the policies of a role in a stack say. */
function roleIn(stack: ReadonlyMap<string, Made>, logicalName: string): RoleAccess {
  const { AssumeRolePolicyDocument: trust } = stack.get(logicalName)?.properties ?? {};
  return roleAccess(policiesIn(stack, logicalName).map(documentIn), documentIn(trust));
}

/** The documents of the policies of a role, attached and inline. */
export function policiesIn(
  stack: ReadonlyMap<string, Made>,
  logicalName: string,
): readonly unknown[] {
  const { ManagedPolicyArns = [], Policies = [] } = stack.get(logicalName)?.properties ?? {};
  const attached = (ManagedPolicyArns as readonly string[]).map(
    (name) => stack.get(name)?.properties["PolicyDocument"],
  );
  const inline = (Policies as readonly { PolicyDocument: unknown }[]).map(
    ({ PolicyDocument }) => PolicyDocument,
  );
  return [...attached, ...inline];
}

/** The hub of the sandbox's account, as far as policies speak of it. */
export function hubPlace({ account, region }: Pick<Sandbox, "account" | "region">) {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  return {
    partition: "aws",
    account,
    region,
    organization,
    taskQueue: arn("sqs", "bucket-warden-tasks.fifo"),
    lookQueue: arn("sqs", "bucket-warden-looks"),
    ledgerTable: arn("dynamodb", "table/bucket-warden-ledger"),
    topic: arn("sns", "bucket-warden"),
    stopParameter: arn("ssm", "parameter/bucket-warden/stop"),
    slackSecrets: ["token", "signing-secret", "webhook"].map((it) =>
      arn("ssm", `parameter/bucket-warden/slack/${it}`),
    ),
    sweep: arn("lambda", "function:bucket-warden-sweep"),
    slackWork: arn("lambda", "function:bucket-warden-slack-work"),
    undelivered: arn("sqs", "bucket-warden-undelivered"),
    readerRole: names.reader,
    remediationRole: names.remediation,
    keys: [],
  };
}

const lambdaOnly = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
} as const;

/** Gives every function of the hub its role, and every account its member roles; others have none. */
export function putRolesIn(sandbox: Sandbox, baseline: object, options: AccessOptions = {}): void {
  const { world, account } = sandbox;
  const accounts = [...world.organizationParents.keys()].filter((id) => /^\d{12}$/.test(id));
  const place = { hub: account, region: sandbox.region, accounts };
  for (const [arn, access] of rolesOf(place, baseline, options)) world.roles.set(arn, access);
  for (const name of hubFunctions) {
    const accessKey = keyOf(name);
    const roleName = `${prefix}-${name}`;
    const roleArn = `arn:aws:iam::${account}:role/${roleName}`;
    const session = { account, accessKey, roleArn, roleName, sessionName: roleName };
    world.sessions.set(accessKey, { ...session, externalId: undefined, createdAt: 0 });
  }
}

type Roles = ReadonlyMap<string, RoleAccess>;
const known = new Map<string, Roles>();

/** By ARN. Many rehearsals ask for the same ones, which take a while to read. */
function rolesOf(place: RolePlace, baseline: object, options: AccessOptions): Roles {
  const key = JSON.stringify([place, baseline, options]);
  const roles = known.get(key) ?? new Map(madeRoles(place, baseline, options));
  known.set(key, roles);
  return roles;
}

interface RolePlace {
  readonly hub: string;
  readonly region: string;
  readonly accounts: readonly string[];
}

function* madeRoles(
  { hub, region, accounts }: RolePlace,
  baseline: object,
  options: AccessOptions,
): Generator<readonly [string, RoleAccess]> {
  const access = accessFor(baseline, options);
  for (const name of hubFunctions) {
    const policy = hubPolicy(name, hubPlace({ account: hub, region }), access);
    yield [`arn:aws:iam::${hub}:role/${prefix}-${name}`, roleAccess([policy], lambdaOnly)];
  }
  const template = templateFor(baseline, options);
  for (const account of accounts) {
    const stack = memberStack(template, { hub, account, region });
    yield [`arn:aws:iam::${account}:role/${names.reader}`, roleIn(stack, "ReaderRole")];
    yield [`arn:aws:iam::${account}:role/${names.remediation}`, roleIn(stack, "RemediationRole")];
  }
}

/** What a function is told of its own role, and of the one that it takes on. */
export function variablesOf(name: HubFunction): Readonly<Record<string, string>> {
  const reader = callersOf("reader").includes(name) ? names.reader : undefined;
  const member = callersOf("remediation").includes(name) ? names.remediation : reader;
  return {
    AWS_ACCESS_KEY_ID: keyOf(name),
    ...(member === undefined ? {} : { WARDEN_MEMBER_ROLE: member, WARDEN_EXTERNAL_ID: externalId }),
  };
}

function keyOf(name: HubFunction): string {
  return `role-of-${name}`;
}
