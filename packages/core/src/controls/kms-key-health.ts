import { assertNever } from "../kernel/never.ts";
import type { EncryptionKey, KeyState, KmsLoad } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { defectOf } from "./baseline-key.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";

type HealthContext = Context<"kms-key-health">;
type DescribedKey = Extract<EncryptionKey, { kind: "key" }>;

/** Something that is wrong with the key, and the command for a person where there is one. */
interface Fault {
  readonly says: string;
  readonly command?: string;
}

const ownersKnow =
  "a key belongs to many buckets and services, and only its owners know what hangs on it";

/** The key behind the default encryption works, is one that may be used, and is rotated. */
export const kmsKeyHealth = defineControl({
  id: "kms-key-health",
  reads: ["encryptionKey", "kmsLoad"],

  evaluate({ encryptionKey, kmsLoad }, context): Verdict<object> {
    if (encryptionKey.state === "absent") {
      return { kind: "not-applicable", why: "the default encryption uses no KMS key" };
    }
    const key = encryptionKey.value;
    if (key.kind === "key" && passing.includes(key.key.state)) {
      return { kind: "undecided", why: `KMS is at work on ${key.key.arn} (${key.key.state})` };
    }
    const load = judgeLoad(kmsLoad);
    const faults = [...faultsOf(key, context), ...load.faults];
    const [first] = faults;
    if (first === undefined) return withLoad(withoutFault(key), load);
    const { command } = first;
    const hold = { mode: "report-only", why: ownersKnow } as const;
    return {
      kind: "drift",
      summary: faults.map(({ says }) => says).join("; "),
      detail: {},
      hold: command === undefined ? hold : { ...hold, command },
    };
  },

  remediation: { mode: "report-only", why: ownersKnow },

  docs: {
    title: "The KMS key behind a bucket works and is rotated",
    rationale:
      "Without its key nothing in a bucket can be read: a key that is deleted takes the data with it, and S3 never looks at the key by itself.",
    breaks: "Nothing is written. Enabling a key or its rotation breaks nobody.",
    stops: [
      "The default encryption uses no KMS key: not applicable.",
      "The Bucket Key is off, and KMS got no more than 80 % of the quota in any minute of a day: compliant, and told.",
      "The Bucket Key is off, and Service Quotas or CloudWatch does not show the load: undecided.",
      "The key is of another account and cannot be looked at: undecided, or drift where the baseline does not name the account.",
    ],
  },
  references: { "security-hub": ["KMS.3", "KMS.4"] },
});

const passing = ["Creating", "Updating"];

function faultsOf(key: EncryptionKey, context: HealthContext): readonly Fault[] {
  switch (key.kind) {
    case "aws-s3":
      return managedFaults(context);
    case "elsewhere":
      return [{ says: `the key ${key.named} lives in another region than the bucket${unusable}` }];
    case "missing":
      return [{ says: `the key ${key.named} does not exist${unusable}` }];
    case "hidden":
      return foreignFaults(key.named, key.account, context);
    case "key":
      return [
        ...defects(key.key, context),
        ...(key.key.manager === "AWS" ? managedFaults(context) : []),
        ...foreignFaults(key.key.arn, key.key.arn.split(":")[4] ?? "", context),
        ...aliasFaults(key),
        ...rotationFaults(key),
      ];
    default:
      return assertNever(key);
  }
}

const unusable = ", so nothing can be encrypted or read with it";

function defects(key: KeyState, { on }: HealthContext): readonly Fault[] {
  const defect = defectOf(key, on.region);
  if (defect === undefined) return [];
  const says = `the key ${key.arn} ${defect}${unusable}`;
  const revive = revivals[key.state];
  return [revive === undefined ? { says } : { says, command: kms(revive, key.arn) }];
}

/** A key whose deletion is cancelled is disabled, and has to be enabled next. */
const revivals: Readonly<Record<string, string>> = {
  Disabled: "enable-key",
  PendingDeletion: "cancel-key-deletion",
};

function managedFaults({ own }: HealthContext): readonly Fault[] {
  if (own.keys === "any") return [];
  return [
    {
      says: "the key is the AWS managed key aws/s3, whose policy nobody can change, and the baseline asks for a customer managed one",
    },
  ];
}

function foreignFaults(
  named: string,
  account: string,
  { on, own }: HealthContext,
): readonly Fault[] {
  if (account === on.account || own.accounts.includes(account)) return [];
  return [
    {
      says: `the key ${named} belongs to account ${account}, which the baseline does not name: whoever runs that account can take the data away`,
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html */
function aliasFaults({ named }: DescribedKey): readonly Fault[] {
  if (!/(^|:)alias\//.test(named)) return [];
  return [
    {
      says: `the default encryption names the alias ${named}, which S3 looks up in the account of whoever uploads: another account brings a key of its own`,
    },
  ];
}

function rotationFaults({ key, rotation }: DescribedKey): readonly Fault[] {
  if (rotation !== "off") return [];
  return [
    {
      says: `KMS does not rotate the key ${key.arn}`,
      command: kms("enable-key-rotation", key.arn),
    },
  ];
}

interface Load {
  readonly faults: readonly Fault[];
  readonly doubt?: string;
  readonly note?: string;
}

/** Of the quota; https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html */
const busyPercent = 80;

/** What is said stays the same from day to day, so that people are not told of each new peak. */
function judgeLoad(load: Known<KmsLoad>): Load {
  if (load.state === "absent") return { faults: [] };
  const off = "the Bucket Key is off, so S3 asks KMS for each object";
  if (load.value.kind === "hidden") {
    return {
      faults: [],
      doubt: `${off}, and how near that comes to the quota is not shown: ${load.value.why}`,
    };
  }
  const { peakPerSecond, quotaPerSecond } = load.value;
  const share = `${busyPercent} % of the ${quotaPerSecond} requests a second that KMS takes from all of the account in this Region`;
  if (peakPerSecond * 100 <= quotaPerSecond * busyPercent) {
    return { faults: [], note: `${off}, and no minute of the last day came to more than ${share}` };
  }
  return {
    faults: [{ says: `${off}, and in the last day some minute came to more than ${share}` }],
  };
}

function withLoad<Drift>(verdict: Verdict<Drift>, { doubt, note }: Load): Verdict<Drift> {
  if (verdict.kind !== "compliant") return verdict;
  if (doubt !== undefined) return { kind: "undecided", why: doubt };
  return note === undefined ? verdict : { ...verdict, evidence: `${verdict.evidence}; ${note}` };
}

function kms(operation: string, arn: string): string {
  return `aws kms ${operation} --region ${arn.split(":")[3]} --key-id ${arn}`;
}

function withoutFault(key: EncryptionKey): Verdict<never> {
  if (key.kind === "hidden") {
    return { kind: "undecided", why: `${key.named} cannot be looked at: ${key.detail}` };
  }
  if (key.kind !== "key") return { kind: "compliant", evidence: managed };
  const { arn, manager } = key.key;
  if (manager === "AWS") return { kind: "compliant", evidence: managed };
  if (key.rotation === "hidden") {
    return { kind: "undecided", why: `whether KMS rotates ${arn} is not shown to this account` };
  }
  return { kind: "compliant", evidence: `${arn} is enabled; ${rotationOf(key)}` };
}

const managed = "the AWS managed key aws/s3, which AWS rotates every year";

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
function rotationOf({ rotation, origin, replicaOf }: DescribedKey): string {
  if (rotation === "on") return "KMS rotates it";
  if (replicaOf !== undefined) return `as a replica it is rotated with ${replicaOf}, if that is`;
  return `KMS cannot rotate it by itself, for its material is of origin ${origin}`;
}
