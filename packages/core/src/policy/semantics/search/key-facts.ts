import type { Principal } from "../request.ts";

/**
 * What is known about condition keys beyond their name. The search treats a key as free and optional
 * unless it stands here, so a forgotten key costs an answer, never its soundness.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

const types: ReadonlyMap<string, "bool" | "numeric" | "date" | "ip"> = new Map([
  ["aws:securetransport", "bool"],
  ["aws:multifactorauthpresent", "bool"],
  ["aws:viaawsservice", "bool"],
  ["aws:principalisawsservice", "bool"],
  ["s3:tlsversion", "numeric"],
  ["s3:signatureage", "numeric"],
  ["s3:max-keys", "numeric"],
  ["s3:object-lock-remaining-retention-days", "numeric"],
  ["glacier:archiveageindays", "numeric"],
  ["aws:multifactorauthage", "numeric"],
  ["aws:currenttime", "date"],
  ["aws:epochtime", "date"],
  ["aws:tokenissuetime", "date"],
  ["s3:object-lock-retain-until-date", "date"],
  ["aws:sourceip", "ip"],
  ["aws:vpcsourceip", "ip"],
]);

/** The type of a key whose values are no free text, by AWS's lists. */
export function typeOf(key: string): "bool" | "numeric" | "date" | "ip" | undefined {
  return types.get(key);
}

const arns: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:sourcearn",
  "aws:sourceinstancearn",
  "aws:sourcevpcarn",
  "lambda:sourcefunctionarn",
  "s3:accessgrantsinstancearn",
  "s3:dataaccesspointarn",
  "s3:deliverysourcearn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

/** Whether the values of the key are ARNs, by its type in the Service Authorization Reference. */
export function isArn(key: string): boolean {
  return arns.has(key);
}

const tokens: ReadonlySet<string> = new Set([
  "aws:principalorgid",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "s3:authtype",
  "s3:signatureversion",
]);

/** Whether a value of the key has at least one character, unlike free text such as a user agent. */
export function isNeverEmpty(key: string): boolean {
  return tokens.has(key) || key.startsWith("s3:x-amz-");
}

const several: ReadonlySet<string> = new Set([
  "aws:calledvia",
  "aws:tagkeys",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:vpceorgpaths",
  "s3:inventoryaccessibleoptionalfields",
  "s3:requestobjecttagkeys",
]);

/** Whether a request may have several values for the key. Keys of other services are not known to us. */
export function mayHaveSeveralValues(key: string): boolean {
  return several.has(key) || !/^(?:aws|s3|glacier):/.test(key);
}

const ofTheBucket = [
  "aws:resourceaccount",
  "s3:resourceaccount",
  "aws:resourceorgid",
  "aws:resourceorgpaths",
  "aws:resourcetag/",
  "s3:buckettag/",
  "glacier:resourcetag/",
];

/** Keys that say something about the bucket or vault: no caller can choose them, and the policy does not tell. */
export function followsFromBucket(key: string): boolean {
  return ofTheBucket.some((name) => key === name || (name.endsWith("/") && key.startsWith(name)));
}

/** Keys that `contextOf` derives from the caller and that the search decides for each kind of caller. */
export const callerKeys: ReadonlySet<string> = new Set([
  "aws:principaltype",
  "aws:principalaccount",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:username",
]);

export const principalArnKey = "aws:principalarn";
export const principalOrgKey = "aws:principalorgid";

const timeKeys: ReadonlySet<string> = new Set(["aws:currenttime", "aws:epochtime"]);

export function isTime(key: string): boolean {
  return timeKeys.has(key);
}

/** Whether requests have whole numbers only; that this is so is written nowhere. */
export function isWhole(key: string): boolean {
  return key === "glacier:archiveageindays";
}

const serviceOnly: ReadonlySet<string> = new Set([
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:principalservicenameslist",
]);

const ofPeople =
  /^aws:(?:principaltag\/|principalorgpaths$|userid$|multifactorauth|tokenissuetime$|sourceidentity$|federatedprovider$|viaawsservice$|calledvia|ec2instancesource)/;

const ofSignatures: ReadonlySet<string> = new Set([
  "s3:signatureage",
  "s3:signatureversion",
  "s3:authtype",
  "s3:x-amz-content-sha256",
]);

/** Whether AWS's pages say that such a caller's requests do not have the key. */
export function isAbsentFor(key: string, principal: Principal): boolean {
  if (serviceOnly.has(key)) return principal.kind !== "service";
  if (ofPeople.test(key)) return principal.kind === "anonymous" || principal.kind === "service";
  return ofSignatures.has(key) && principal.kind === "anonymous";
}

const listing = ["s3:ListBucket", "s3:ListBucketVersions"];
const encrypting = ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"];

const onlyFor: ReadonlyMap<string, readonly string[]> = new Map([
  ["s3:prefix", [...listing, "s3:ListBucketMultipartUploads"]],
  ["s3:delimiter", listing],
  ["s3:max-keys", listing],
  ["s3:locationconstraint", ["s3:CreateBucket"]],
  ["s3:x-amz-server-side-encryption", encrypting],
  ["s3:x-amz-server-side-encryption-aws-kms-key-id", encrypting],
  ["s3:x-amz-server-side-encryption-customer-algorithm", encrypting],
  ["s3:x-amz-storage-class", ["s3:PutObject", "s3:ReplicateObject"]],
  ["s3:x-amz-copy-source", ["s3:PutObject"]],
  ["s3:x-amz-metadata-directive", ["s3:PutObject"]],
]);

/** The only actions whose requests have the key; `undefined` where we know of no such limit. */
export function actionsWith(key: string): readonly string[] | undefined {
  return onlyFor.get(key);
}

const hintsByKey: ReadonlyMap<string, readonly string[]> = new Map([
  ["s3:x-amz-server-side-encryption", ["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"]],
  ["s3:x-amz-server-side-encryption-customer-algorithm", ["AES256"]],
  [
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    ["arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
  ],
  ["s3:authtype", ["REST-QUERY-STRING", "REST-HEADER", "POST"]],
  ["s3:signatureversion", ["AWS4-HMAC-SHA256", "AWS"]],
  [principalOrgKey, ["o-z9y8x7w6v5", "o-a1b2c3d4e5"]],
  ["aws:sourcevpc", ["vpc-0a1b2c3d", "vpc-111bbb22"]],
  ["aws:sourcevpce", ["vpce-1a2b3c4d", "vpce-0f9e8d7c"]],
  ["aws:useragent", ["curl/8.0"]],
]);

/** Values that read well in a witness. */
export function hintsFor(key: string): readonly string[] {
  return [...(hintsByKey.get(key) ?? []), "example"];
}
