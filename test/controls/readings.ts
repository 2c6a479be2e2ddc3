import { parseBaseline, settingsFor } from "../../packages/core/src/baseline/index.ts";
import type { Control } from "../../packages/core/src/controls/index.ts";
import {
  type AccountRef,
  type Acl,
  type Assessment,
  absent,
  type BucketRef,
  type Cors,
  type Encryption,
  type EncryptionKey,
  type Facet,
  type Held,
  isRemoval,
  type KeyState,
  type LogTarget,
  type Ownership,
  type PlanStep,
  type PolicyText,
  type PublicAccessBlock,
  parseAccountId,
  parseBucketName,
  parseRegion,
  present,
  type Readings,
  type RegionRef,
  type ResourceKind,
  type ResourceRef,
  type Task,
} from "../../packages/core/src/model/index.ts";
import { buildPlan } from "../../packages/core/src/plan/index.ts";

export function bucket(name: string, region = "eu-west-1"): BucketRef {
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion(region, "test"),
  };
}

/** The bucket that is judged unless a row names another one. */
export const invoices = bucket("invoices");
/** The bucket that `ordinary` names as target of access logs. */
export const logs = bucket("logs-111122223333-eu-west-1");

const { account, region } = invoices;
/** The account and the Region of both. */
export const wholeAccount: AccountRef = { kind: "account", account, region };
export const inRegion: RegionRef = { kind: "region", account, region };

export const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001";
export const aliasArn = "arn:aws:kms:eu-west-1:111122223333:alias/s3";

/** A baseline that names a key and a log bucket, as most will. */
export const ordinary = {
  "default-encryption": { key: "arn:aws:kms:{region}:{account}:alias/s3" },
  "access-logging": { target: "logs-{account}-{region}" },
} as const;

/** Where a control is asked, if not about the usual resource of its kind under the `ordinary` baseline. */
export interface Situation {
  readonly on?: ResourceRef;
  readonly baseline?: object;
  /** A person named the control and asked to apply it. */
  readonly asked?: boolean;
}

const usual: { readonly [K in ResourceKind]: ResourceRef } = {
  bucket: invoices,
  account: wholeAccount,
  region: inRegion,
};

export function judge(
  control: Control,
  readings: Readings,
  { on = usual[control.target], baseline = ordinary }: Situation = {},
): Assessment {
  return control.assess(readings, on, settingsFor(parseBaseline(baseline, "test"), on));
}

/** What one round of planning and writing does, and what is found and planned after it. */
export interface Repaired {
  readonly written: readonly Pick<PlanStep, "document" | "after">[];
  readonly held: readonly Held[];
  readonly later: Assessment;
  readonly writtenAgain: readonly PlanStep[];
}

export function repair(control: Control, readings: Readings, situation: Situation = {}): Repaired {
  const first = planFor(control, readings, situation);
  const after = first.steps.reduce(write, readings);
  return {
    written: first.steps.map(({ document, after }) => ({ document, after })),
    held: first.held,
    later: judge(control, after, situation),
    writtenAgain: planFor(control, after, situation).steps,
  };
}

function planFor(control: Control, readings: Readings, situation: Situation) {
  const assessment = judge(control, readings, situation);
  const finding = { control: control.id, mode: "remediate", assessment } as const;
  const { on = usual[control.target], asked = false } = situation;
  return buildPlan([finding], readings, taskFor(asked ? { on, controls: [control.id] } : { on }));
}

/** A sweep over one bucket, or a person who asks for some controls by name. */
export function taskFor({ on, controls }: { on: ResourceRef; controls?: readonly string[] }): Task {
  const task = { id: "t-1", ref: on, mode: "apply", touches: "all" } as const;
  if (controls === undefined) return { ...task, cause: { kind: "sweep", sweepId: "s-1" } };
  const cause = { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "audit" } as const;
  return { ...task, cause, controls };
}

/** What a later look would read. The policy of a log bucket is read twice: as its own, as target's. */
export function write(readings: Readings, step: PlanStep): Readings {
  if (isRemoval(step)) return { ...readings, [step.document]: step.after };
  const after = { ...readings, [step.document]: present<object>(step.after) };
  const target = readings.logTarget;
  if (step.document !== "policy" || target?.state !== "present") return after;
  if (target.value.name !== step.on.name) return after;
  return { ...after, logTarget: present({ ...target.value, policy: present(step.after) }) };
}

export const reasons = ["denied", "throttled", "failed", "gone"] as const;

/** Every way in which one facet of a control can stay unread. */
export function unreadRows({ reads }: Control) {
  return reads.flatMap((facet) => reasons.map((reason) => ({ facet, reason })));
}

export function unknown(reason: (typeof reasons)[number]) {
  return { state: "unknown", reason, detail: `S3 said ${reason}` } as const;
}

export function unread(facet: Facet, reason: (typeof reasons)[number]): Assessment {
  return { kind: "unread", facets: [{ facet, reason, detail: `S3 said ${reason}` }] };
}

export function policyOf(...statements: readonly unknown[]) {
  return present<PolicyText>({
    text: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
}

export function encryptionOf(
  algorithm: string,
  more: { readonly keyId?: string; readonly bucketKeyEnabled?: boolean } = {},
) {
  const { keyId, bucketKeyEnabled = true } = more;
  const byDefault = {
    SSEAlgorithm: algorithm,
    ...(keyId === undefined ? {} : { KMSMasterKeyID: keyId }),
  };
  return present<Encryption>({
    algorithm,
    ...(keyId === undefined ? {} : { keyId }),
    bucketKeyEnabled,
    rule: { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: bucketKeyEnabled },
  });
}

export function keyOf(more: Partial<KeyState> = {}) {
  return present<KeyState>({
    arn: keyArn,
    state: "Enabled",
    manager: "CUSTOMER",
    usage: "ENCRYPT_DECRYPT",
    spec: "SYMMETRIC_DEFAULT",
    ...more,
  });
}

/** A sound key of the own account behind the default encryption; `key` and the rest may differ. */
export function encryptionKeyOf(
  key: Partial<KeyState> = {},
  more: Partial<Omit<Extract<EncryptionKey, { kind: "key" }>, "kind" | "key">> = {},
) {
  const facts = { kind: "key", named: keyArn, origin: "AWS_KMS", rotation: "on", ...more } as const;
  return present<EncryptionKey>({ ...facts, key: keyOf(key).value });
}

export const allBlocked = present<PublicAccessBlock>({
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
  configuration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
});

export function ownershipOf(setting: string) {
  return present<Ownership>({ setting, rule: { ObjectOwnership: setting } });
}

const ownerId = "0f".repeat(32);

/** The owner's own grant, and these. */
export function aclOf(...more: Acl["grants"]) {
  const own = { grantee: ownerId, permission: "FULL_CONTROL" };
  return present<Acl>({ owner: ownerId, grants: [own, ...more] });
}

export const ownOrigin = { AllowedOrigins: ["https://app.example"], AllowedMethods: ["PUT"] };
export const anyOrigin = { ID: "open", AllowedOrigins: ["*"], AllowedMethods: ["GET", "PUT"] };

interface Rule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly ExposeHeaders?: readonly string[];
}

export function corsOf(...rules: readonly Rule[]) {
  return present<Cors>({
    rules: rules.map((rule) => ({
      origins: rule.AllowedOrigins,
      methods: rule.AllowedMethods,
      exposedHeaders: rule.ExposeHeaders ?? [],
      rule: { ...rule },
    })),
  });
}

export function logTargetOf(more: Partial<LogTarget> = {}) {
  return present<LogTarget>({
    name: logs.name,
    region: logs.region,
    policy: absent,
    encryption: encryptionOf("AES256", { bucketKeyEnabled: false }),
    objectLock: absent,
    requesterPays: false,
    ownership: ownershipOf("BucketOwnerEnforced"),
    acl: absent,
    logsInto: [],
    ...more,
  });
}
