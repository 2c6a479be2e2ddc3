import { expect, test } from "vitest";
import { nameOf, type Reference, referencesFor } from "./references.ts";

function inWords(reference: Reference): string {
  const doubt = reference.verified ? "" : " (unverified)";
  return `${reference.catalogue} ${nameOf(reference)}${doubt}`;
}

test.each([
  { name: "nothing leads nowhere", names: {}, found: [] },
  {
    name: "a control of Security Hub leads to its Config rule and to what AWS relates to it",
    names: { "security-hub": ["S3.15"] },
    found: [
      "security-hub S3.15",
      "config-rule s3-bucket-default-lock-enabled",
      "nist-800-53-r5 CP-6(2)",
      "pci-dss v4.0.1/10.5.1",
    ],
  },
  {
    name: "what two of them share is named once, and catalogues stay together",
    names: { "security-hub": ["S3.24", "KMS.3"], "cis-aws-foundations": ["v7.0.0/2.21"] },
    found: [
      "security-hub S3.24",
      "security-hub KMS.3",
      "config-rule s3-mrap-public-access-blocked",
      "config-rule kms-cmk-not-scheduled-for-deletion-2",
      "cis-aws-foundations v7.0.0/2.21",
      "nist-800-53-r5 SC-12",
      "nist-800-53-r5 SC-12(2)",
      "pci-dss v4.0.1/1.4.4",
    ],
  },
  {
    name: "what nobody has read says so",
    names: { "security-hub": ["CloudTrail.4"] },
    found: [
      "security-hub CloudTrail.4 (unverified)",
      "config-rule cloud-trail-log-file-validation-enabled (unverified)",
      "cis-aws-foundations v5.0.0/3.2 (unverified)",
      "cis-aws-foundations v6.0.0/4.2 (unverified)",
      "cis-aws-foundations v7.0.0/4.2 (unverified)",
    ],
  },
] as const)("references: $name", ({ names, found }) => {
  expect(referencesFor(names).map(inWords)).toEqual(found);
});

test("two editions of one catalogue are two references", () => {
  const cis = referencesFor({ "security-hub": ["S3.1", "S3.8"] }).filter(
    ({ catalogue }) => catalogue === "cis-aws-foundations",
  );
  expect(cis).toHaveLength(5);
  expect(cis[0]).toEqual({
    catalogue: "cis-aws-foundations",
    edition: "v1.4.0",
    name: "2.1.5",
    verified: true,
  });
});
