import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { anyBucket, sandboxForTests } from "./sandbox-clients.ts";

const sandbox = sandboxForTests();
const run = promisify(execFile);

const hasCli = await run("aws", ["--version"]).then(
  () => true,
  () => false,
);
const title = hasCli ? "the AWS CLI" : "SKIPPED, because there is no `aws` on PATH: the AWS CLI";
// Every call starts a Python, which takes about a second.
const timeout = 60_000;

/** What the CLI prints; a refusal counts as output too. `env` sets its variables. */
async function aws(...args: readonly string[]): Promise<string> {
  const variables = Object.entries(sandbox().environment).map(
    ([name, value]) => `${name}=${value}`,
  );
  const command = [...variables, "AWS_PAGER=", "aws", "--output", "json", ...args];
  const { stdout, stderr } = await run("env", command).catch((error: unknown) => ({
    stdout: "",
    stderr: "",
    ...Object(error),
  }));
  return `${stdout}${stderr}`;
}

test.skipIf(!hasCli)(`${title} puts a policy and reads it back`, { timeout }, async () => {
  const bucket = anyBucket();
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "111122223333" },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });
  const made = await aws("s3", "mb", `s3://${bucket}`);
  const put = await aws("s3api", "put-bucket-policy", "--bucket", bucket, "--policy", policy);
  const [got, broken] = await Promise.all([
    aws("s3api", "get-bucket-policy", "--bucket", bucket),
    aws("s3api", "put-bucket-policy", "--bucket", bucket, "--policy", "{}"),
  ]);
  expect([made.trim(), put, JSON.parse(got).Policy]).toEqual([
    `make_bucket: ${bucket}`,
    "",
    policy,
  ]);
  expect(broken).toContain("An error occurred (MalformedPolicy) when calling the PutBucketPolicy");
});

test.skipIf(!hasCli)(`${title} weakens a bucket in the ways of the demo`, { timeout }, async () => {
  const bucket = anyBucket();
  const made = await aws(
    "s3api",
    "create-bucket",
    "--bucket",
    bucket,
    "--object-lock-enabled-for-bucket",
  );
  const outputs = await Promise.all([
    aws("s3api", "delete-bucket-encryption", "--bucket", bucket),
    aws("s3api", "put-bucket-logging", "--bucket", bucket, "--bucket-logging-status", "{}"),
    aws(
      "s3api",
      "put-object-lock-configuration",
      "--bucket",
      bucket,
      "--object-lock-configuration",
      "ObjectLockEnabled=Enabled",
    ),
    aws(
      "s3api",
      "put-bucket-versioning",
      "--bucket",
      bucket,
      "--versioning-configuration",
      "Status=Suspended",
    ),
  ]);
  const events = sandbox()
    .world.records.filter((record) => record.requestParameters?.["bucketName"] === bucket)
    .map(({ eventName, errorCode }) => [eventName, errorCode]);
  expect(JSON.parse(made)).toEqual({ Location: `/${bucket}`, BucketArn: `arn:aws:s3:::${bucket}` });
  expect(outputs.slice(0, 3)).toEqual(["", "", ""]);
  expect(outputs[3]).toContain("(InvalidBucketState)");
  expect(new Map(events.map(([name, code]) => [name, code]))).toEqual(
    new Map([
      ["CreateBucket", undefined],
      ["DeleteBucketEncryption", undefined],
      ["PutBucketLogging", undefined],
      ["PutBucketObjectLockConfiguration", undefined],
      ["PutBucketVersioning", "InvalidBucketState"],
    ]),
  );
});
