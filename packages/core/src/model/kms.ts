/** A key as KMS describes it. */
export interface KeyState {
  readonly arn: string;
  /** `Enabled`, `Disabled`, `PendingDeletion`, … as `DescribeKey` names them. */
  readonly state: string;
  readonly manager: "AWS" | "CUSTOMER";
  readonly usage: string;
  readonly spec: string;
  /** When it will be deleted, in ISO 8601, where that is scheduled. */
  readonly deletesAt?: string;
}

/** What is known of the key behind the default encryption; absent where no KMS key is. */
export type EncryptionKey =
  /** S3 falls back to the AWS managed key `aws/s3` where the default encryption names no key. */
  | { readonly kind: "aws-s3" }
  /** A key of another Region, which S3 cannot use; nobody asked KMS about it. */
  | { readonly kind: "elsewhere"; readonly named: string }
  /** KMS says that there is no such key. */
  | { readonly kind: "missing"; readonly named: string }
  /** A key of another account, which does not let us look at it. */
  | {
      readonly kind: "hidden";
      readonly named: string;
      readonly account: string;
      readonly detail: string;
    }
  | {
      readonly kind: "key";
      /** As the default encryption names it: an ARN, a bare id or an alias. */
      readonly named: string;
      readonly key: KeyState;
      /** Where its material comes from, e.g. `AWS_KMS`, `EXTERNAL`. */
      readonly origin: string;
      /** The ARN of the primary, where the key is a replica of it in another Region. */
      readonly replicaOf?: string;
      /** `not-asked` where KMS does not decide about it here: see the other members. */
      readonly rotation: "on" | "off" | "hidden" | "not-asked";
    };

/** How many requests KMS got of an account in a Region, in the busiest minute of the day before. */
export type KmsLoad =
  | {
      readonly kind: "measured";
      readonly peakPerSecond: number;
      /** Of all requests with symmetric keys together. */
      readonly quotaPerSecond: number;
    }
  | { readonly kind: "hidden"; readonly why: string };
