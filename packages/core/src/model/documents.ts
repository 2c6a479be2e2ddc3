/** A policy, byte for byte as AWS returned it. */
export interface PolicyText {
  readonly text: string;
}

/** The four flags of one block, of a bucket or an account; `configuration` holds all members, also unknown ones. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
  readonly configuration: Readonly<Record<string, unknown>>;
}
