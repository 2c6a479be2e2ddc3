import type { ControlId } from "@bucket-warden/core/baseline";
import type { Rehearsal } from "../path/rehearsal.ts";
import { encryptionXml } from "../path/sound.ts";

/** One way in which a bucket drifts, and the control that repairs it. */
export interface Scenario {
  readonly control: ControlId;
  /** What it is about, where that is no bucket. */
  readonly target?: "account";
  /** Makes a sound bucket drift, without an event; an account is made without a block. */
  readonly drift: (stage: Rehearsal, bucket: string) => void;
}

/** Statements of other teams, each spelt in a way of its own; they must survive byte for byte. */
export function foreignStatements(bucket: string): readonly string[] {
  return [
    `{ "Sid":"A" ,"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::${bucket}/*"}`,
    `{"Effect" : "Deny", "Principal":"*",\n\t"Action":["s3:DeleteBucket"],"Resource":"arn:aws:s3:::${bucket}"}`,
    `{"Resource":["arn:aws:s3:::${bucket}/\\u0061/*"],"Action":"s3:Put*","Principal":{"AWS":["arn:aws:iam::444455556666:root"]},"Effect":"Allow"}`,
  ];
}

/** A policy of foreign statements alone. */
export function foreignPolicy(bucket: string): string {
  return `{"Version":"2008-10-17","Statement":[${foreignStatements(bucket).join(",\n")}]}`;
}

const document =
  (marker: string, text: string | undefined): Scenario["drift"] =>
  (stage, bucket) =>
    stage.change(bucket, marker, text);

const withForeignPolicy: Scenario["drift"] = (stage, bucket) =>
  stage.change(bucket, "policy", foreignPolicy(bucket));

const sse = (algorithm: string) => `<SSEAlgorithm>${algorithm}</SSEAlgorithm>`;
const appRule =
  "<CORSRule><ID>app</ID><AllowedOrigin>https://app.example</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><MaxAgeSeconds>60</MaxAgeSeconds></CORSRule>";
const openRule =
  "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>POST</AllowedMethod></CORSRule>";
const eventHold = "<DefaultEventHold><Years>7</Years></DefaultEventHold>";

/** One for each control that repairs something on a bucket. */
export const scenarios: readonly Scenario[] = [
  { control: "ssl-only", drift: withForeignPolicy },
  { control: "tls-minimum", drift: withForeignPolicy },
  { control: "presigned-url-age", drift: withForeignPolicy },
  { control: "kms-enforcement", drift: withForeignPolicy },
  { control: "default-encryption", drift: document("encryption", encryptionXml(sse("AES256"))) },
  {
    control: "sse-c-blocked",
    drift: (stage, bucket) => {
      const key = `<KMSMasterKeyID>${stage.keyArn}</KMSMasterKeyID>`;
      const open = encryptionXml(`${sse("aws:kms")}${key}`).replace("SSE-C", "NONE");
      stage.change(bucket, "encryption", open);
      // The sound policy would deny such uploads by itself.
      withForeignPolicy(stage, bucket);
    },
  },
  { control: "public-access-block", drift: document("publicAccessBlock", undefined) },
  {
    control: "ownership-acl",
    drift: document(
      "ownershipControls",
      "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
    ),
  },
  {
    control: "cors",
    drift: document("cors", `<CORSConfiguration>${appRule}${openRule}</CORSConfiguration>`),
  },
  { control: "access-logging", drift: document("logging", undefined) },
  { control: "versioning", drift: document("versioning", undefined) },
  {
    control: "object-lock",
    drift: document(
      "object-lock",
      `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>${eventHold}</DefaultRetention></Rule></ObjectLockConfiguration>`,
    ),
  },
];

/** Thousands of buckets are repaired in one account and on one day. */
export const manyWrites = { writesPerDay: 1_000_000 } as const;

/** And one for whole accounts. */
export const accountScenario: Scenario = {
  control: "account-public-access",
  target: "account",
  drift: () => undefined,
};

/** Under which every scenario is drift, and a person who asks has it repaired. */
export const scenarioBaseline = {
  limits: manyWrites,
  "tls-minimum": { mode: "remediate", minimum: "1.3" },
  "presigned-url-age": { mode: "remediate", maxAgeSeconds: 3_600 },
  "account-public-access": { mode: "approve" },
  "object-lock": { mode: "remediate", minimum: { mode: "GOVERNANCE", days: 30 } },
} as const;
