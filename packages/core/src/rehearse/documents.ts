import * as z from "zod";
import type {
  Cors,
  Encryption,
  Logging,
  ObjectLock,
  Period,
  PolicyText,
  Tags,
} from "../model/facets.ts";
import { grants } from "./access-documents.ts";
import { type Understand, understand } from "./understand.ts";
import { count, empty, flag, several, text } from "./xml-as-json.ts";

/** CloudTrail shows a policy as the object that it is; what is printed again says the same. */
export const policyIn: Understand<PolicyText> = understand(
  z.object({
    bucketPolicy: z.union([
      z.string().min(2),
      z.record(z.string(), z.unknown()).refine((policy) => "Statement" in policy),
    ]),
  }),
  ({ bucketPolicy: policy }) => ({
    text: typeof policy === "string" ? policy : JSON.stringify(policy),
  }),
);

const encryptionRule = z.object({
  ApplyServerSideEncryptionByDefault: z
    .object({ SSEAlgorithm: z.string(), KMSMasterKeyID: text.exactOptional() })
    .exactOptional(),
  BucketKeyEnabled: flag.default(false),
  BlockedEncryptionTypes: z
    .object({ EncryptionType: several(z.string()) })
    .transform(({ EncryptionType }) => ({ EncryptionType: [...EncryptionType] }))
    .exactOptional(),
});

export const encryptionIn: Understand<Encryption> = understand(
  z.object({ ServerSideEncryptionConfiguration: z.object({ Rule: encryptionRule }) }),
  ({ ServerSideEncryptionConfiguration: { Rule: rule } }) => encryptionOf(rule),
);

/** The facet of a rule in the words of the API. */
export function encryptionOf(rule: z.infer<typeof encryptionRule>): Encryption {
  const { SSEAlgorithm: algorithm = "AES256", KMSMasterKeyID: keyId } =
    rule.ApplyServerSideEncryptionByDefault ?? {};
  const blocked = rule.BlockedEncryptionTypes?.EncryptionType;
  return {
    algorithm,
    ...(keyId === undefined ? {} : { keyId }),
    bucketKeyEnabled: rule.BucketKeyEnabled,
    ...(blocked === undefined ? {} : { blockedEncryptionTypes: blocked }),
    rule,
  };
}

const loggingEnabled = z
  .object({
    TargetBucket: text,
    TargetPrefix: text,
    TargetGrants: grants.exactOptional(),
    TargetObjectKeyFormat: z
      .object({
        SimplePrefix: empty.exactOptional(),
        PartitionedPrefix: z
          .object({ PartitionDateSource: z.string().exactOptional() })
          .exactOptional(),
      })
      .exactOptional(),
  })
  .transform(({ TargetGrants, ...enabled }) =>
    TargetGrants === undefined ? enabled : { ...enabled, TargetGrants: TargetGrants.Grant },
  );

/** `off` where the call switches it off: there is no other call for that. */
export const loggingIn: Understand<Logging | "off"> = understand(
  z.object({
    BucketLoggingStatus: z.object({ LoggingEnabled: loggingEnabled.exactOptional() }),
  }),
  ({ BucketLoggingStatus: { LoggingEnabled: enabled } }) =>
    enabled === undefined
      ? "off"
      : { targetBucket: enabled.TargetBucket, targetPrefix: enabled.TargetPrefix, enabled },
);

const periodMembers = { Days: count.exactOptional(), Years: count.exactOptional() };
const objectLockRule = z.object({
  DefaultRetention: z.object({
    Mode: z.enum(["GOVERNANCE", "COMPLIANCE"]).exactOptional(),
    ...periodMembers,
    DefaultEventHold: z.object(periodMembers).exactOptional(),
  }),
});

export const objectLockIn: Understand<ObjectLock> = understand(
  z.object({
    ObjectLockConfiguration: z.object({
      ObjectLockEnabled: z.literal("Enabled"),
      Rule: objectLockRule.exactOptional(),
    }),
  }),
  ({ ObjectLockConfiguration: configuration }) => {
    const {
      Mode: mode,
      DefaultEventHold: hold,
      ...period
    } = configuration.Rule?.DefaultRetention ?? {};
    return {
      ...(mode === undefined ? {} : { defaultRetention: { mode, period: periodOf(period) } }),
      ...(hold === undefined ? {} : { defaultEventHold: periodOf(hold) }),
      configuration,
    };
  },
);

function periodOf({ Days = 0, Years = 0 }: { Days?: number; Years?: number }): Period {
  return Years > 0 ? { unit: "years", count: Years } : { unit: "days", count: Days };
}

export const versioningIn: Understand<{
  readonly status: "enabled" | "suspended";
  /** Undefined where the call leaves it as it is. */
  readonly mfaDelete: "enabled" | "disabled" | undefined;
}> = understand(
  z.object({
    VersioningConfiguration: z.object({
      Status: z.enum(["Enabled", "Suspended"]),
      MfaDelete: z.enum(["Enabled", "Disabled"]).exactOptional(),
    }),
  }),
  ({ VersioningConfiguration: { Status, MfaDelete } }) => ({
    status: Status === "Enabled" ? "enabled" : "suspended",
    mfaDelete:
      MfaDelete === undefined ? undefined : MfaDelete === "Enabled" ? "enabled" : "disabled",
  }),
);

const corsRule = z
  .object({
    ID: text.exactOptional(),
    AllowedHeader: several(text),
    AllowedMethod: several(z.string()),
    AllowedOrigin: several(text),
    ExposeHeader: several(text),
    MaxAgeSeconds: count.exactOptional(),
  })
  .transform((rule) => {
    const { ID, MaxAgeSeconds } = rule;
    const { AllowedHeader, AllowedMethod, AllowedOrigin, ExposeHeader } = rule;
    return {
      ...(ID === undefined ? {} : { ID }),
      ...(AllowedHeader.length === 0 ? {} : { AllowedHeaders: AllowedHeader }),
      AllowedMethods: AllowedMethod,
      AllowedOrigins: AllowedOrigin,
      ...(ExposeHeader.length === 0 ? {} : { ExposeHeaders: ExposeHeader }),
      ...(MaxAgeSeconds === undefined ? {} : { MaxAgeSeconds }),
    };
  });

export const corsIn: Understand<Cors> = understand(
  z.object({ CORSConfiguration: z.object({ CORSRule: several(corsRule) }) }),
  ({ CORSConfiguration: { CORSRule: rules } }) => ({
    rules: rules.map((rule) => ({
      origins: rule.AllowedOrigins,
      methods: rule.AllowedMethods,
      exposedHeaders: rule.ExposeHeaders ?? [],
      rule,
    })),
  }),
);

const tag = z.object({ Key: text, Value: text });
const tagList = z.object({ Tag: several(tag) });

export const tagsIn: Understand<Tags> = understand(
  z.object({
    Tagging: z.object({ TagSet: z.union([tagList, empty.transform(() => ({ Tag: [] }))]) }),
  }),
  ({ Tagging: { TagSet } }) => tagsOf(TagSet.Tag),
);

/** The tags that a bucket is made with. */
export const firstTagsIn: Understand<Tags> = understand(
  z.object({
    CreateBucketConfiguration: z
      .object({ Tags: tagList.default({ Tag: [] }) })
      .default({ Tags: { Tag: [] } }),
  }),
  ({ CreateBucketConfiguration: { Tags } }) => tagsOf(Tags.Tag),
);

function tagsOf(tags: readonly z.infer<typeof tag>[]): Tags {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

export const websiteIn: Understand<Readonly<Record<string, unknown>>> = understand(
  z.object({
    WebsiteConfiguration: z.looseObject({
      RoutingRules: z.object({ RoutingRule: several(z.unknown()) }).exactOptional(),
    }),
  }),
  ({ WebsiteConfiguration: { xmlns: _, RoutingRules, ...website } }) =>
    RoutingRules === undefined ? website : { ...website, RoutingRules: RoutingRules.RoutingRule },
);

export const lifecycleIn: Understand<{ readonly rules: number }> = understand(
  z.object({ LifecycleConfiguration: z.object({ Rule: several(z.unknown()) }) }),
  ({ LifecycleConfiguration: { Rule: rules } }) => ({ rules: rules.length }),
);

/** Whether whoever downloads pays. */
export const requesterPaysIn: Understand<boolean> = understand(
  z.object({
    RequestPaymentConfiguration: z.object({ Payer: z.enum(["BucketOwner", "Requester"]) }),
  }),
  ({ RequestPaymentConfiguration: { Payer } }) => Payer === "Requester",
);
