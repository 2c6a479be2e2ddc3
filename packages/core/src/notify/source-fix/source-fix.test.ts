import { expect, test } from "vitest";
import type { WriteStep } from "../../model/plan.ts";
import { absent, present } from "../../model/reading.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../../model/ref.ts";
import type { Actor } from "../../model/trigger.ts";
import { sourceFixes } from "./source-fix.ts";

const at = {
  on: {
    kind: "bucket",
    name: parseBucketName("9.photos", "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  },
  controls: ["a"],
  before: absent,
} as const;

const theirs = { Sid: "Theirs", Effect: "Allow", Principal: "*", Action: "s3:GetObject" };
const ours = { Sid: "BucketWardenSslOnly", Effect: "Deny", Resource: "arn:aws:s3:::${aws:x}" };
const policyText = (...statements: object[]) => ({
  text: JSON.stringify({ Statement: statements }),
});

const steps: readonly WriteStep[] = [
  {
    ...at,
    document: "policy",
    before: present(policyText(theirs)),
    after: policyText(theirs, ours),
  },
  {
    ...at,
    document: "encryption",
    after: {
      algorithm: "aws:kms",
      keyId: "arn:aws:kms:eu-west-1:111122223333:key/1",
      bucketKeyEnabled: true,
      blockedEncryptionTypes: ["SSE-C"],
      rule: {},
    },
  },
  { ...at, document: "logging", after: { targetBucket: "logs", targetPrefix: "p/", enabled: {} } },
  { ...at, document: "versioning", after: { status: "enabled", mfaDelete: "disabled" } },
  {
    ...at,
    document: "publicAccessBlock",
    after: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: false,
      configuration: {},
    },
  },
  { ...at, document: "ownership", after: { setting: "BucketOwnerEnforced", rule: {} } },
  {
    ...at,
    document: "cors",
    after: {
      rules: [
        { origins: ["https://a.example"], methods: ["GET"], exposedHeaders: ["ETag"], rule: {} },
      ],
    },
  },
  {
    ...at,
    document: "accountPublicAccess",
    on: { kind: "account", account: at.on.account, region: at.on.region },
    after: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
      configuration: {},
    },
  },
  {
    ...at,
    document: "objectLock",
    after: {
      defaultRetention: { mode: "GOVERNANCE", period: { unit: "days", count: 30 } },
      configuration: {},
    },
  },
];

test.each(["Terraform", "CloudFormation", "AWS CDK", "SST"])(
  "every document in %s",
  async (tool) => {
    const fixes = steps.flatMap((step) => [
      `--- ${step.document}`,
      ...(sourceFixes([step], undefined).find((it) => it.tool === tool)?.lines ?? []),
    ]);
    const name = tool.toLowerCase().replace(" ", "-");
    await expect(`${fixes.join("\n")}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
  },
);

const ci: Actor = { arn: "arn:aws:sts::111122223333:assumed-role/ci/run", type: "AssumedRole" };

test.each<{ name: string; by: Actor | undefined; tools: readonly string[] }>([
  {
    name: "Terraform",
    by: { ...ci, userAgent: "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io)" },
    tools: ["Terraform"],
  },
  { name: "OpenTofu", by: { ...ci, userAgent: "OpenTofu/1.8" }, tools: ["Terraform"] },
  {
    name: "CloudFormation",
    by: { ...ci, invokedBy: "cloudformation.amazonaws.com" },
    tools: ["CloudFormation", "AWS CDK"],
  },
  { name: "Pulumi, and so SST", by: { ...ci, userAgent: "Pulumi/3.1 go" }, tools: ["SST"] },
  {
    name: "the AWS CLI",
    by: { ...ci, userAgent: "aws-cli/2.15" },
    tools: ["Terraform", "CloudFormation", "AWS CDK", "SST"],
  },
  {
    name: "nobody we know",
    by: undefined,
    tools: ["Terraform", "CloudFormation", "AWS CDK", "SST"],
  },
])("a change by $name is answered in its language", ({ by, tools }) => {
  expect(sourceFixes(steps, by).map(({ tool }) => tool)).toEqual(tools);
});

test("where nothing would be written, there is nothing to say", () => {
  expect(sourceFixes([], ci)).toEqual([]);
});

// Whoever may write the rules of a bucket must not run code where somebody mends its Terraform.
test("what is kept of a document is no template of Terraform", () => {
  const origins = ['${file("/etc/passwd")}', "%{ for x in [1] }"];
  const rule = { origins, methods: ["GET"], exposedHeaders: ["${x}"], rule: {} };
  const step: WriteStep = { ...at, document: "cors", after: { rules: [rule] } };
  const lines =
    sourceFixes([step], undefined).find(({ tool }) => tool === "Terraform")?.lines ?? [];
  expect(lines).toContain(
    `    allowed_origins = ["$\${file(\\"/etc/passwd\\")}","%%{ for x in [1] }"]`,
  );
  expect(lines.join("\n").replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
});
