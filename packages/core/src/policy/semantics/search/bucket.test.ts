import { expect, test } from "vitest";
import { parse } from "../../syntax/parse.ts";
import { bucketNamedIn } from "./bucket.ts";

const nobody = { partition: "aws", bucket: "example-bucket" };

test.each<readonly [readonly string[], object]>([
  [["arn:aws-cn:s3:::reports/*"], { partition: "aws-cn", bucket: "reports" }],
  [["*", "arn:aws:s3:::b"], { partition: "aws", bucket: "b" }],
  [["arn:aws:sqs:::queue", "arn:aws:s3:::b/a/c"], { partition: "aws", bucket: "b" }],
  [["*"], nobody],
  [["arn:aws:s3:::rep*"], nobody],
  [["arn:aws:s3:::${aws:username}/a"], nobody],
  [["arn:aws*:s3:::b"], nobody],
])("a statement on %j speaks of %j", (Resource, where) => {
  const read = { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource };
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: read }));
  const statements = parsed.kind === "parsed" ? parsed.policy.statements : [];
  expect(statements.map(bucketNamedIn)).toEqual([where]);
});
