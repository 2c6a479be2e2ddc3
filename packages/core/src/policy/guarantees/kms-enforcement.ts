import { assertNever } from "../../kernel/index.ts";
import type { Condition } from "../syntax/document.ts";
import { objectsArn } from "./arns.ts";
import type { Callers, Guarantee, OwnStatement, RequestClass, Where } from "./guarantee.ts";
import { absent, condition, customerAlgorithm, encryption, kmsKeyId, present } from "./keys.ts";
import type { Params } from "./params.ts";
import { callersFor, conditionsFor, servicesParam } from "./services.ts";
import { customerKeys, denyCustomerKeys, encryptingActions } from "./sse-c-denied.ts";

const sids = {
  header: "BucketWardenKmsEnforcement",
  key: "BucketWardenKmsEnforcementKey",
  keyId: "BucketWardenKmsEnforcementKeyId",
  customerKeys: "BucketWardenKmsEnforcementSseC",
};

const modes = ["header-optional", "header-required", "key-pinned"] as const;
const keyArnForm = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

interface Wanted {
  readonly where: Where;
  readonly callers: Callers;
  /** Header values that count as KMS. */
  readonly accepted: readonly string[];
}

/**
 * Objects are encrypted with KMS.
 * - `header-optional`: what names another encryption is denied; what names none falls to the default
 *   encryption of the bucket, so log delivery and other services that send no header go on working.
 * - `header-required`: what does not name KMS is denied as well.
 * - `key-pinned`: whatever names another key than `keyArn`, or KMS without a key, is denied. KMS
 *   without a key would mean the AWS managed key `aws/s3`.
 */
export const kmsEnforcement = {
  params: ["mode", "keyArn", "dsse", servicesParam],
  build(params: Params, where: Where): Guarantee {
    // Whoever names a key wants it pinned.
    const mode = params.choice("mode", modes, params.has("keyArn") ? "key-pinned" : modes[0]);
    const dsse = params.choice("dsse", ["accepted", "required"], "accepted");
    const accepted = dsse === "required" ? ["aws:kms:dsse"] : ["aws:kms", "aws:kms:dsse"];
    const callers = callersFor(params, mode === "header-optional" ? "included" : "exempt");
    const wanted = { where, callers, accepted };
    return {
      name: "kms-enforcement",
      ...where,
      ...shapeOf(mode, params, wanted),
      sids: Object.values(sids),
    };
  },
};

type Shape = Pick<Guarantee, "sentence" | "mustDeny" | "statements">;

function shapeOf(mode: (typeof modes)[number], params: Params, wanted: Wanted): Shape {
  switch (mode) {
    case "header-optional":
      return headerOptional(wanted);
    case "header-required":
      return headerRequired(wanted);
    case "key-pinned":
      return keyPinned(
        wanted,
        params.text("keyArn", keyArnForm, "the ARN of a KMS key, not an alias"),
      );
    default:
      return assertNever(mode);
  }
}

function headerOptional(wanted: Wanted): Shape {
  return {
    sentence: `every upload that names an encryption other than ${names(wanted)} is denied`,
    mustDeny: [otherEncryption(wanted), customerKeys(wanted.callers)],
    statements: [
      deny(sids.header, wanted, {
        Null: { [encryption]: "false" },
        StringNotEquals: { [encryption]: wanted.accepted },
      }),
      denyCustomerKeys(sids.customerKeys, wanted.callers, wanted.where),
    ],
  };
}

function headerRequired(wanted: Wanted): Shape {
  return {
    sentence: `every upload that does not name ${names(wanted)} is denied`,
    mustDeny: [otherEncryption(wanted), noEncryption(wanted), customerKeys(wanted.callers)],
    // Negated operators hold when the key is absent: one statement covers all of them.
    statements: [deny(sids.header, wanted, { StringNotEquals: { [encryption]: wanted.accepted } })],
  };
}

function keyPinned(wanted: Wanted, keyArn: string): Shape {
  const otherKey = { StringNotEquals: { [kmsKeyId]: keyArn } };
  const dsseOnly = wanted.accepted.length === 1;
  const header = deny(sids.header, wanted, {
    Null: { [encryption]: "false" },
    StringNotEquals: { [encryption]: wanted.accepted },
  });
  return {
    sentence: `every upload that names an encryption other than ${names(wanted)} under ${keyArn} is denied`,
    mustDeny: [
      otherEncryption(wanted),
      wrongKey(wanted, [condition("StringNotEquals", kmsKeyId, keyArn), present(kmsKeyId)]),
      wrongKey(wanted, [condition("StringLike", encryption, "aws:kms*"), absent(kmsKeyId)]),
      customerKeys(wanted.callers),
    ],
    statements: [
      ...(dsseOnly ? [header] : []),
      deny(sids.key, wanted, { Null: { [encryption]: "false" }, ...otherKey }),
      deny(sids.keyId, wanted, { Null: { [kmsKeyId]: "false" }, ...otherKey }),
      denyCustomerKeys(sids.customerKeys, wanted.callers, wanted.where),
    ],
  };
}

function names({ accepted }: Wanted): string {
  return accepted.join(" or ");
}

function deny(
  sid: string,
  { where, callers }: Wanted,
  conditions: NonNullable<OwnStatement["Condition"]>,
): OwnStatement {
  return {
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: encryptingActions,
    Resource: objectsArn(where),
    Condition: conditionsFor(callers, conditions),
  };
}

/** The header is there and asks for something else. Without KMS there is no KMS key either. */
function otherEncryption({ callers, accepted }: Wanted): RequestClass {
  const kms = accepted.length === 1 ? "aws:kms:dsse*" : "aws:kms*";
  return writing(callers, `asking for encryption other than ${accepted.join(" or ")}`, [
    present(encryption),
    condition("StringNotLike", encryption, kms),
    ...(accepted.length === 1 ? [] : [absent(kmsKeyId)]),
    absent(customerAlgorithm),
  ]);
}

function noEncryption({ callers }: Wanted): RequestClass {
  const upload = writing(callers, "without naming an encryption", [
    absent(encryption),
    absent(customerAlgorithm),
  ]);
  // The documentation says that the key id can be that of the bucket's default key, not when.
  return { ...upload, assuming: [absent(kmsKeyId)] };
}

function wrongKey({ callers }: Wanted, where: readonly Condition[]): RequestClass {
  return writing(callers, "with another KMS key", [...where, absent(customerAlgorithm)]);
}

function writing(callers: Callers, manner: string, where: readonly Condition[]): RequestClass {
  return { manner, actions: encryptingActions, resources: "objects", callers, where, assuming: [] };
}
