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
  state: "Enabled" | "Disabled" | "PendingDeletion";
  deletionDate?: number;
}
