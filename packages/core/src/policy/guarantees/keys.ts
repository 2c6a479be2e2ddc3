import type { Condition } from "../syntax/document.ts";

export const secureTransport = "aws:SecureTransport";
export const tlsVersion = "s3:TlsVersion";
const isAwsService = "aws:PrincipalIsAWSService";
export const principalOrgId = "aws:PrincipalOrgID";
export const signatureAge = "s3:signatureAge";
export const authType = "s3:authType";
export const encryption = "s3:x-amz-server-side-encryption";
export const kmsKeyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
export const customerAlgorithm = "s3:x-amz-server-side-encryption-customer-algorithm";

export function condition(operator: string, key: string, ...values: string[]): Condition {
  return { operator, key, values };
}

export function absent(key: string): Condition {
  return condition("Null", key, "true");
}

export function present(key: string): Condition {
  return condition("Null", key, "false");
}

/**
 * The sound way to leave out AWS services: plain `Bool` would leave out anonymous callers as well,
 * because `aws:PrincipalIsAWSService` exists on signed requests only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 */
export const exceptServices = { BoolIfExists: { [isAwsService]: "false" } } as const;
