import { expect, test } from "vitest";
import { InputError } from "../kernel/input-error.ts";
import { type ManualDefaults, parseManual } from "./manual.ts";

const defaults: ManualDefaults = {
  id: "request-1",
  account: "111122223333",
  region: "eu-west-1",
  knownControls: [
    { id: "ssl-only", target: "bucket" },
    { id: "versioning", target: "bucket" },
    { id: "trail-health", target: "region" },
  ],
};
const least = { mode: "plan", reason: "audit", requestedBy: "bob" };

test("a request without a bucket means every bucket of the account of the function", () => {
  expect(parseManual(least, defaults)).toEqual({
    kind: "manual",
    id: "request-1",
    account: "111122223333",
    mode: "plan",
    reason: "audit",
    requestedBy: "bob",
  });
});

test("a request names everything that it may name", () => {
  const request = {
    bucket: "invoices-archive",
    account: "444455556666",
    region: "us-gov-west-1",
    controls: ["versioning"],
    mode: "apply",
    reason: "  ticket 42  ",
    requestedBy: " bob ",
  };
  expect(parseManual(request, defaults)).toEqual({
    kind: "manual",
    id: "request-1",
    account: "444455556666",
    bucket: { name: "invoices-archive", region: "us-gov-west-1" },
    controls: ["versioning"],
    mode: "apply",
    reason: "ticket 42",
    requestedBy: "bob",
  });
});

test("a bucket without a region is looked for in the region of the function", () => {
  expect(parseManual({ ...least, bucket: "invoices-archive" }, defaults)).toMatchObject({
    bucket: { name: "invoices-archive", region: "eu-west-1" },
  });
});

function problemIn(request: unknown): string {
  try {
    parseManual(request, defaults);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "no problem";
}

const remedy =
  'Send {"bucket"?, "account"?, "region"?, "controls"? or "approval"?, "mode": "plan" | "apply", "reason", "requestedBy"}.';

test.each([
  {
    name: "nothing",
    request: undefined,
    problem: `request: Invalid input: expected object, received undefined. ${remedy}`,
  },
  {
    name: "a list",
    request: [least],
    problem: `request: Invalid input: expected object, received array. ${remedy}`,
  },
  {
    name: "no mode",
    request: { ...least, mode: undefined },
    problem: `request.mode: Invalid option: expected one of "plan"|"apply". ${remedy}`,
  },
  {
    name: "an unknown mode",
    request: { ...least, mode: "force" },
    problem: `request.mode: Invalid option: expected one of "plan"|"apply". ${remedy}`,
  },
  {
    name: "no reason",
    request: { ...least, reason: undefined },
    problem: `request.reason: Invalid input: expected string, received undefined. ${remedy}`,
  },
  {
    name: "a reason of white space",
    request: { ...least, reason: "  " },
    problem: `request.reason: Too small: expected string to have >=1 characters. ${remedy}`,
  },
  {
    name: "nobody who asks",
    request: { ...least, requestedBy: "" },
    problem: `request.requestedBy: Too small: expected string to have >=1 characters. ${remedy}`,
  },
  {
    name: "a misspelt field",
    request: { ...least, buckt: "b" },
    problem: `request: Unrecognized key: "buckt". ${remedy}`,
  },
  {
    name: "an approval beside controls",
    request: { ...least, controls: ["ssl-only"], approval: "ssl-only/x/y" },
    problem:
      "request.approval: it stands beside controls. Give the approval alone, just as the message or the plan shows it.",
  },
  {
    name: "an approval that is none",
    request: { ...least, approval: "yes" },
    problem:
      "request.approval: it is not an approval. Give the approval alone, just as the message or the plan shows it.",
  },
  {
    name: "an approval of a control that does not exist",
    request: { ...least, approval: "tls/x/y" },
    problem:
      'request.controls: there is no control "tls". Choose from ssl-only, versioning, trail-health.',
  },
  {
    name: "an empty list of controls",
    request: { ...least, controls: [] },
    problem: `request.controls: Too small: expected array to have >=1 items. ${remedy}`,
  },
  {
    name: "controls as text",
    request: { ...least, controls: "ssl-only" },
    problem: `request.controls: Invalid input: expected array, received string. ${remedy}`,
  },
  {
    name: "a control that there is not",
    request: { ...least, controls: ["ssl-only", "tls"] },
    problem:
      'request.controls: there is no control "tls". Choose from ssl-only, versioning, trail-health.',
  },
  {
    name: "a bucket and a control that is not about buckets",
    request: { ...least, bucket: "invoices-archive", controls: ["ssl-only", "trail-health"] },
    problem:
      "request.controls: trail-health is not about a bucket, so nothing of it would be looked at. Leave out the bucket, or that control.",
  },
  {
    name: "an ARN for a bucket",
    request: { ...least, bucket: "arn:aws:s3:::b" },
    problem:
      'request.bucket: "arn:aws:s3:::b" is not a bucket name. Give the name alone, without s3:// and without an ARN prefix.',
  },
  {
    name: "a directory bucket",
    request: { ...least, bucket: "fast--euw1-az1--x-s3" },
    problem:
      'request.bucket: "fast--euw1-az1--x-s3" is a directory bucket, which is not judged: it has no versioning, logging, Object Lock or public access block, and its policy speaks of other actions. Give the name of a general purpose bucket.',
  },
  {
    name: "the ARN of a vector bucket",
    request: { ...least, bucket: "arn:aws:s3vectors:eu-west-1:111122223333:bucket/faces" },
    problem:
      'request.bucket: "arn:aws:s3vectors:eu-west-1:111122223333:bucket/faces" is a vector bucket, which is not judged: it has a policy and encryption of its own, and no setting of a general purpose bucket. Give the name of a general purpose bucket.',
  },
  {
    name: "an account with hyphens",
    request: { ...least, account: "1111-2222-3333" },
    problem:
      'request.account: "1111-2222-3333" is not an AWS account id. Give the twelve digits, with leading zeros and without hyphens.',
  },
  {
    name: "an account that is a number",
    request: { ...least, account: 111_122_223_333 },
    problem: `request.account: Invalid input: expected string, received number. ${remedy}`,
  },
  {
    name: "a Region without a bucket",
    request: { ...least, region: "us-east-1" },
    problem:
      "request.region: it stands there without a bucket, and a request without one means every Region. Name the bucket, or leave the Region out.",
  },
  {
    name: "an availability zone for a region",
    request: { ...least, bucket: "invoices-archive", region: "eu-west-1a" },
    problem:
      'request.region: "eu-west-1a" is not an AWS Region. Give a Region code such as eu-west-1.',
  },
])("a request with $name is refused by name", ({ request, problem }) => {
  expect(problemIn(request)).toBe(problem);
});
