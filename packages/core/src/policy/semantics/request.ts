/** Who asks. Keys such as `aws:PrincipalArn` follow from this and need not be in the context. */
export type Principal =
  | { readonly kind: "anonymous" }
  /** The root user of an account. */
  | { readonly kind: "root"; readonly account: string; readonly orgId?: string }
  /** `arn:aws:iam::<account>:user/<path><name>` */
  | {
      readonly kind: "user";
      readonly arn: string;
      readonly account: string;
      readonly orgId?: string;
    }
  /** A role session: `arn:aws:sts::<account>:assumed-role/<role>/<session>` of the role `roleArn`. */
  | {
      readonly kind: "role-session";
      readonly arn: string;
      readonly roleArn: string;
      readonly account: string;
      readonly orgId?: string;
    }
  /**
   * A SAML or OIDC provider ARN, or a name such as `cognito-identity.amazonaws.com`; the ARN of a
   * federated user of STS stands for itself.
   */
  | { readonly kind: "federated"; readonly provider: string; readonly account: string }
  /** An AWS service that calls with its own identity, e.g. `logging.s3.amazonaws.com`. */
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "canonical-user"; readonly id: string; readonly account: string };

/** One request as IAM sees it. */
export interface Request {
  readonly principal: Principal;
  /** e.g. `s3:GetObject` */
  readonly action: string;
  /** The ARN of the bucket or of an object in it. */
  readonly resource: string;
  /** Condition keys that are present, with their values. A key that is not here is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
