/** A policy of Cloud Custodian, in JSON, which is YAML as well. */
export interface CustodianPolicy {
  readonly name: string;
  readonly resource: "s3";
  readonly filters: readonly object[];
}

const filters: Readonly<Record<string, object>> = {
  "ssl-only": {
    not: [
      {
        type: "has-statement",
        statements: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    ],
  },
  encryption: { type: "bucket-encryption", state: false },
  logging: { type: "bucket-logging", op: "disabled" },
  versioning: { type: "value", key: "Versioning.Status", op: "ne", value: "Enabled" },
  "public-access-block": { type: "check-public-block" },
  "global-grants": { type: "global-grants" },
  website: { type: "value", key: "Website", value: "not-null" },
  tags: { "tag:team": "absent" },
};

/** One for each check, as people write them. */
export const eightPolicies: readonly CustodianPolicy[] = Object.entries(filters).map(
  ([name, filter]) => ({ name, resource: "s3", filters: [filter] }),
);

/** All checks in one, so that every bucket is fetched once. */
export const onePolicy: readonly CustodianPolicy[] = [
  { name: "all", resource: "s3", filters: [{ or: Object.values(filters) }] },
];
