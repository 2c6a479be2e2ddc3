import type { Facet } from "../model/facets.ts";
import { partitionOf, type RegionRef } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";
import { type Call, type CloudTrailRecord, callIn, whereaboutsIn } from "./record.ts";
import { tamperCallOf } from "./tamper/calls.ts";

const source = "kms.amazonaws.com";

/** Calls after which a key works no longer, works again, or is another one under the same name. */
export const keyCalls = [
  "DisableKey",
  "EnableKey",
  "ScheduleKeyDeletion",
  "CancelKeyDeletion",
  "DeleteKey",
  "PutKeyPolicy",
  "EnableKeyRotation",
  "DisableKeyRotation",
  "ImportKeyMaterial",
  "DeleteImportedKeyMaterial",
  "CreateAlias",
  "UpdateAlias",
  "DeleteAlias",
] as const;

/** What a key decides about the buckets that use it. */
export const keyFacets: readonly Facet[] = ["encryption", "encryptionKey", "baselineKey"];

/** A call that changed a key or its name; undefined when it is none, failed or names no key. */
export function keyChangeIn(record: CloudTrailRecord, place: string): ConfigChange | undefined {
  if (!isKeyCall(record) || record.errorCode !== undefined) return undefined;
  const on: RegionRef = { kind: "region", ...whereaboutsIn(record, place) };
  const keys = keysIn(record, on);
  if (keys.length === 0) return undefined;
  const behind = { kind: "keys", keys } as const;
  return { kind: "config-change", ...callIn(record), on, behind, touches: keyFacets };
}

export function isKeyCall({ eventSource, eventName }: Call): boolean {
  return eventSource === source && keyCalls.some((name) => name === eventName);
}

/** ARNs of the key and of the alias that the call names, whichever way it names them. */
function keysIn(
  { requestParameters, resources }: CloudTrailRecord,
  { account, region }: RegionRef,
): readonly string[] {
  const here = `arn:${partitionOf(region)}:kms:${region}:${account}`;
  const { keyId, targetKeyId, aliasName } = requestParameters ?? {};
  const named = [keyId, targetKeyId, aliasName].filter((it) => typeof it === "string");
  const arns = named.map((name) => {
    if (name.startsWith("arn:")) return name;
    return `${here}:${name.startsWith("alias/") ? name : `key/${name}`}`;
  });
  const listed = (resources ?? []).flatMap(({ ARN }) => (ARN?.includes(":kms:") ? [ARN] : []));
  return [...new Set([...listed, ...arns])];
}

/**
 * The rule for those that are no alarm: the others arrive by the rule of alarms, and one event that
 * matches two rules would arrive twice. KMS records each Encrypt and Decrypt as a management event,
 * so its calls are named one by one.
 */
export const keyRule = {
  name: "keys",
  pattern: {
    source: ["aws.kms"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: [source],
      eventName: keyCalls.filter((name) => tamperCallOf(source, name) === undefined),
      errorCode: [{ exists: false }],
    },
  },
} as const;
