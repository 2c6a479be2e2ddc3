/** A KMS key as far as DescribeKey shows it. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  readonly description: string;
  readonly manager: "CUSTOMER" | "AWS";
  readonly spec: string;
  readonly usage: string;
  /** `AWS_KMS`, `EXTERNAL` (imported material), `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`. */
  readonly origin: string;
  /** Set in a multi-Region replica; a primary is a key like others here. */
  readonly replicaOf?: string;
  state: "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport";
  deletionDate?: number;
  /** Whether KMS rotates the material by itself, and how often. */
  rotationPeriodInDays?: number;
}
