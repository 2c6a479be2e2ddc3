import { expect, test } from "vitest";
import { policyOf } from "../../../../test/controls/readings.ts";
import { absent, present } from "../model/reading.ts";
import { logWritersIn } from "./log-writers.ts";

const s3 = "logging.s3.amazonaws.com";
const vended = "delivery.logs.amazonaws.com";
const balancers = "logdelivery.elasticloadbalancing.amazonaws.com";
const ireland = "Elastic Load Balancing (account 156460612806)";

const put = {
  Effect: "Allow",
  Principal: { Service: s3 },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::invoices/*",
};
const { Principal: _principal, ...anyone } = put;
const { Action: _action, ...anything } = put;

const to = (Principal: unknown) => ({ ...put, Principal });

test.each<{ name: string; statements: readonly object[]; sseS3?: string[]; anyKey?: string[] }>([
  { name: "S3", statements: [put], sseS3: [s3] },
  { name: "load balancers", statements: [to({ Service: balancers })], sseS3: [balancers] },
  { name: "vended logs", statements: [to({ Service: vended })], anyKey: [vended] },
  {
    name: "load balancers of an older Region",
    statements: [to({ AWS: "arn:aws:iam::156460612806:root" })],
    sseS3: [ireland],
  },
  {
    name: "the bare id of their account",
    statements: [to({ AWS: ["111122223333", "156460612806"] })],
    sseS3: [ireland],
  },
  {
    name: "their account in China",
    statements: [to({ AWS: "arn:aws-cn:iam::638102146993:root" })],
    sseS3: ["Elastic Load Balancing (account 638102146993)"],
  },
  {
    name: "all of them",
    statements: [to({ Service: ["x.amazonaws.com", vended, s3] }), to({ Service: balancers })],
    sseS3: [s3, balancers],
    anyKey: [vended],
  },
  { name: "a wider action", statements: [{ ...put, Action: "S3:put*" }], sseS3: [s3] },
  {
    name: "all but another action",
    statements: [{ ...anything, NotAction: "s3:GetObject" }],
    sseS3: [s3],
  },
  { name: "nobody who may only look", statements: [{ ...put, Action: "s3:GetBucketAcl" }] },
  { name: "nobody without this action", statements: [{ ...anything, NotAction: "s3:Put*" }] },
  { name: "nobody who is denied", statements: [{ ...put, Effect: "Deny" }] },
  {
    name: "nobody who is an exception",
    statements: [{ ...anyone, Effect: "Deny", NotPrincipal: { Service: s3 } }],
  },
  { name: "nobody in everybody", statements: [to("*"), to({ AWS: "*" })] },
  { name: "no other account", statements: [to({ AWS: "arn:aws:iam::444455556666:root" })] },
  {
    name: "no user of such an account",
    statements: [to({ AWS: "arn:aws:iam::156460612806:user/bob" })],
  },
  { name: "no other service", statements: [to({ Service: "cloudtrail.amazonaws.com" })] },
])("a policy names $name", ({ statements, sseS3 = [], anyKey = [] }) => {
  expect(logWritersIn(policyOf(...statements))).toEqual({ kind: "known", sseS3, anyKey });
});

test("without a policy nobody delivers logs, and from a bad one nobody can tell", () => {
  expect(logWritersIn(absent)).toEqual({ kind: "known", sseS3: [], anyKey: [] });
  expect(logWritersIn(present({ text: "[]" }))).toEqual({
    kind: "unknown",
    why: expect.stringMatching(/^the bucket policy is not one that IAM defines/),
  });
});
