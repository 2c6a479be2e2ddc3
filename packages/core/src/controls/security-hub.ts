/** What AWS itself says a control of Security Hub CSPM stands for. */
interface Requirements {
  /** The managed rule of AWS Config that it runs. */
  readonly configRule: string;
  readonly cis?: readonly Edition[];
  readonly nist?: readonly string[];
  readonly pci?: readonly Edition[];
  /** Set where the numbers were never read in a catalogue. */
  readonly unverified?: true;
}

/** The edition of a catalogue and the place in it, e.g. `v5.0.0/2.1.1`. */
export type Edition = `v${string}/${string}`;

/** Everything that keeps strangers away has the same NIST controls behind it. */
const publicAccess = [
  "AC-21",
  "AC-3",
  "AC-3(7)",
  "AC-4",
  "AC-4(21)",
  "AC-6",
  "SC-7",
  "SC-7(3)",
  "SC-7(4)",
  "SC-7(9)",
  "SC-7(11)",
  "SC-7(16)",
  "SC-7(20)",
  "SC-7(21)",
];

const blockPublicAccess: readonly Edition[] = [
  "v1.4.0/2.1.5",
  "v3.0.0/2.1.4",
  "v5.0.0/2.1.4",
  "v6.0.0/3.1.4",
  "v7.0.0/3.1.4",
];

/**
 * The controls of Security Hub that ours answer, with the requirements that AWS relates to each.
 * Editions that were withdrawn (CIS 1.2, PCI DSS 3.2.1) are left out. The two newest of CIS are not
 * on the page, and come from their benchmarks.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html
 */
export const securityHub = {
  "S3.1": {
    configRule: "s3-account-level-public-access-blocks-periodic",
    cis: blockPublicAccess,
    nist: publicAccess,
    pci: ["v4.0.1/1.4.4"],
  },
  "S3.2": { configRule: "s3-bucket-public-read-prohibited", nist: publicAccess },
  "S3.3": { configRule: "s3-bucket-public-write-prohibited", nist: publicAccess },
  "S3.5": {
    configRule: "s3-bucket-ssl-requests-only",
    cis: ["v1.4.0/2.1.2", "v3.0.0/2.1.1", "v5.0.0/2.1.1", "v6.0.0/3.1.1", "v7.0.0/3.1.1"],
    nist: [
      "AC-17(2)",
      "AC-4",
      "IA-5(1)",
      "SC-12(3)",
      "SC-13",
      "SC-23",
      "SC-23(3)",
      "SC-7(4)",
      "SC-8",
      "SC-8(1)",
      "SC-8(2)",
      "SI-7(6)",
    ],
    pci: ["v4.0.1/4.2.1"],
  },
  "S3.8": {
    configRule: "s3-bucket-level-public-access-prohibited",
    cis: blockPublicAccess,
    nist: publicAccess,
    pci: ["v4.0.1/1.4.4"],
  },
  "S3.9": {
    configRule: "s3-bucket-logging-enabled",
    nist: [
      "AC-2(4)",
      "AC-4(26)",
      "AC-6(9)",
      "AU-10",
      "AU-12",
      "AU-2",
      "AU-3",
      "AU-6(3)",
      "AU-6(4)",
      "CA-7",
      "SC-7(9)",
      "SI-3(8)",
      "SI-4(20)",
      "SI-7(8)",
    ],
    pci: ["v4.0.1/10.2.1"],
  },
  "S3.12": {
    configRule: "s3-bucket-acl-prohibited",
    nist: ["AC-2(1)", "AC-3", "AC-3(7)", "AC-3(15)", "AC-6"],
  },
  "S3.14": {
    configRule: "s3-bucket-versioning-enabled",
    nist: [
      "AU-9(2)",
      "CP-10",
      "CP-6",
      "CP-6(1)",
      "CP-6(2)",
      "CP-9",
      "SC-5(2)",
      "SI-12",
      "SI-13(5)",
    ],
  },
  "S3.15": {
    configRule: "s3-bucket-default-lock-enabled",
    nist: ["CP-6(2)"],
    pci: ["v4.0.1/10.5.1"],
  },
  "S3.17": {
    configRule: "s3-default-encryption-kms",
    nist: [
      "AU-9",
      "CA-9(1)",
      "CM-3(6)",
      "SC-12(2)",
      "SC-13",
      "SC-28",
      "SC-28(1)",
      "SC-7(10)",
      "SI-7(6)",
    ],
    pci: ["v4.0.1/3.5.1"],
  },
  "S3.19": {
    configRule: "s3-access-point-public-access-blocks",
    nist: publicAccess,
    pci: ["v4.0.1/1.4.4"],
  },
  "S3.20": {
    configRule: "s3-bucket-mfa-delete-enabled",
    cis: ["v1.4.0/2.1.3", "v3.0.0/2.1.2", "v5.0.0/2.1.2", "v6.0.0/3.1.2", "v7.0.0/3.1.2"],
    nist: ["CA-9(1)", "CM-2", "CM-2(2)", "CM-3", "SC-5(2)"],
  },
  "S3.24": { configRule: "s3-mrap-public-access-blocked", pci: ["v4.0.1/1.4.4"] },
  "KMS.3": { configRule: "kms-cmk-not-scheduled-for-deletion-2", nist: ["SC-12", "SC-12(2)"] },
  "KMS.4": {
    configRule: "cmk-backing-key-rotation-enabled",
    cis: ["v1.4.0/3.8", "v3.0.0/3.6", "v5.0.0/3.6"],
    nist: ["SC-12", "SC-12(2)", "SC-28(3)"],
    pci: ["v4.0.1/3.7.4"],
  },
  "CloudTrail.1": {
    configRule: "multi-region-cloudtrail-enabled",
    cis: ["v5.0.0/3.1", "v6.0.0/4.1", "v7.0.0/4.1"],
    unverified: true,
  },
  "CloudTrail.2": {
    configRule: "cloud-trail-encryption-enabled",
    cis: ["v5.0.0/3.5", "v6.0.0/4.5", "v7.0.0/4.5"],
    unverified: true,
  },
  "CloudTrail.4": {
    configRule: "cloud-trail-log-file-validation-enabled",
    cis: ["v5.0.0/3.2", "v6.0.0/4.2", "v7.0.0/4.2"],
    unverified: true,
  },
} as const satisfies Readonly<Record<string, Requirements>>;

export type SecurityHubId = keyof typeof securityHub;

/** What AWS relates to one of the controls above. */
export function requirementsOf(id: SecurityHubId): Requirements {
  return securityHub[id];
}
