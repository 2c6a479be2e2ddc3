import { expect, test } from "vitest";
import type { Diagnostic } from "../document.ts";
import { parse } from "../parse.ts";

const both = ["arn:aws:s3:::b", "arn:aws:s3:::b/*"];
const overHttp = { Bool: { "aws:SecureTransport": "false" } };
const tls = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: both, Condition: overHttp };
const sse = "s3:x-amz-server-side-encryption";
const kms = { ...tls, Action: "s3:PutObject", Resource: "arn:aws:s3:::b/*" };
const pinned = {
  ...kms,
  Condition: { StringNotEqualsIfExists: { [`${sse}-aws-kms-key-id`]: "arn:aws:kms:x:1:key/k" } },
};

/** `[code, severity, path, didYouMean]` of everything that is reported. */
type Finding = readonly [string, Diagnostic["severity"], string, string?];

function findings(document: object | string): readonly Finding[] {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return parse(text).diagnostics.map(({ code, severity, path, didYouMean }) =>
    didYouMean === undefined ? [code, severity, path] : [code, severity, path, didYouMean],
  );
}

test.each<{ name: string; statement: object; found: readonly Finding[] }>([
  { name: "the canonical TLS statement: nothing to say", statement: tls, found: [] },
  {
    name: "S2: TLS deny on s3:GetObject only",
    statement: { ...tls, Action: "s3:GetObject" },
    found: [["tls.action-too-narrow", "warning", "Statement[0].Action", "s3:*"]],
  },
  {
    name: "TLS deny on every action of today",
    statement: { ...tls, NotAction: "s3:ActionOfTheFutur?", Action: undefined },
    found: [
      ["policy.unknown-action", "warning", "Statement[0].NotAction"],
      ["tls.action-too-narrow", "warning", "Statement[0].NotAction", "s3:*"],
    ],
  },
  {
    name: "S3: TLS deny on the objects only",
    statement: { ...tls, Resource: "arn:aws:s3:::b/*" },
    found: [["tls.bucket-resource-missing", "warning", "Statement[0].Resource", "arn:aws:s3:::b"]],
  },
  {
    name: "TLS deny on the bucket only",
    statement: { ...tls, Resource: "arn:aws:s3:::b" },
    found: [
      ["tls.object-resource-missing", "warning", "Statement[0].Resource", "arn:aws:s3:::b/*"],
    ],
  },
  {
    name: "one pattern for bucket and objects is enough",
    statement: { ...tls, Resource: "arn:aws:s3:::b*" },
    found: [],
  },
  {
    name: "S4: Conditions for Condition",
    statement: { ...tls, Condition: undefined, Conditions: overHttp },
    found: [
      ["policy.unknown-element", "error", "Statement[0].Conditions", "Condition"],
      ["policy.lock-out", "warning", "Statement[0]"],
    ],
  },
  {
    name: "S5: a Deny that calls itself Allow",
    statement: { ...tls, Sid: "AllowSSLRequestsOnly" },
    found: [["policy.misleading-sid", "warning", "Statement[0].Sid"]],
  },
  {
    name: "S6: an action that does not exist",
    statement: { ...pinned, Action: "s3:PutOject" },
    found: [["policy.unknown-action", "warning", "Statement[0].Action", "s3:PutObject"]],
  },
  {
    name: "an action of another service",
    statement: { ...tls, Action: ["s3:*", "iam:PassRole"] },
    found: [["policy.unknown-action", "warning", "Statement[0].Action"]],
  },
  {
    name: "NotAction on another service is a way to say everything",
    statement: { ...tls, Action: undefined, NotAction: "iam:*" },
    found: [],
  },
  {
    name: "an action without its service",
    statement: { ...pinned, Action: "PutObject" },
    found: [["policy.invalid-action", "error", "Statement[0].Action", "s3:PutObject"]],
  },
  {
    name: "S7: an object action on the bucket",
    statement: { ...pinned, Resource: "arn:aws:s3:::b" },
    found: [
      ["policy.action-resource-mismatch", "warning", "Statement[0].Action", "arn:aws:s3:::b/*"],
    ],
  },
  {
    name: "a bucket action on the objects",
    statement: { ...pinned, Action: "s3:ListBucket" },
    found: [
      ["policy.action-resource-mismatch", "warning", "Statement[0].Action", "arn:aws:s3:::b"],
    ],
  },
  {
    name: "an action that no bucket policy sees",
    statement: { ...pinned, Action: "s3:ListAllMyBuckets" },
    found: [["policy.action-resource-mismatch", "warning", "Statement[0].Action"]],
  },
  {
    name: "S8: a placeholder for the bucket",
    statement: { ...pinned, Resource: "arn:aws:s3:::<bukect_name>/*" },
    found: [["policy.placeholder", "error", "Statement[0].Resource"]],
  },
  {
    name: "angle brackets in a key are no placeholder",
    statement: { ...pinned, Resource: "arn:aws:s3:::b/<key>" },
    found: [],
  },
  {
    name: "S9 and S11: SSE-KMS forced without looking at the header or the key",
    statement: { ...kms, Condition: { StringNotEquals: { [sse]: "aws:kms" } } },
    found: ["kms.breaks-default-encryption", "kms.key-not-pinned", "kms.denies-dsse"].map(
      (code) => {
        const path = `Statement[0].Condition.StringNotEquals["${sse}"]`;
        return code === "kms.denies-dsse"
          ? ([code, "warning", path, "aws:kms:dsse"] as const)
          : ([code, "warning", path] as const);
      },
    ),
  },
  {
    name: "S10: an unquoted boolean; the header is optional, DSSE is welcome",
    statement: {
      ...kms,
      Condition: {
        Null: { [sse]: false },
        StringNotEquals: { [sse]: ["aws:kms", "aws:kms:dsse"] },
      },
    },
    found: [["kms.key-not-pinned", "warning", `Statement[0].Condition.StringNotEquals["${sse}"]`]],
  },
  {
    name: "S12: an Allow over HTTPS",
    statement: { ...tls, Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": true } } },
    found: [
      ["tls.allow-is-not-deny", "warning", 'Statement[0].Condition.Bool["aws:SecureTransport"]'],
    ],
  },
  {
    name: "a Deny over HTTPS",
    statement: { ...tls, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    found: [
      ["tls.inverted", "warning", 'Statement[0].Condition.Bool["aws:SecureTransport"]', "false"],
    ],
  },
  {
    name: "S13: aws.kms",
    statement: { ...kms, Condition: { StringEquals: { [sse]: "aws.kms" } } },
    found: [
      [
        "kms.unknown-algorithm-value",
        "warning",
        `Statement[0].Condition.StringEquals["${sse}"]`,
        "aws:kms",
      ],
    ],
  },
  {
    name: "S14: x-amz-service-side-encryption",
    statement: {
      ...kms,
      Condition: { StringEquals: { "x-amz-service-side-encryption": "AES256" } },
    },
    found: [
      [
        "policy.unknown-condition-key",
        "warning",
        'Statement[0].Condition.StringEquals["x-amz-service-side-encryption"]',
        sse,
      ],
    ],
  },
  {
    name: "a Deny of everything",
    statement: { ...tls, Condition: {} },
    found: [["policy.lock-out", "warning", "Statement[0]"]],
  },
  {
    name: "an Allow for everybody but one",
    statement: {
      ...pinned,
      Effect: "Allow",
      Principal: undefined,
      NotPrincipal: { AWS: "111122223333" },
    },
    found: [["policy.allow-not-principal", "warning", "Statement[0].NotPrincipal"]],
  },
  {
    name: "a resource that is no ARN",
    statement: { ...pinned, Resource: ["b/*", "arn:aws:s3:::b/*"] },
    found: [["policy.resource-not-arn", "warning", "Statement[0].Resource"]],
  },
  {
    name: "a resource of another service",
    statement: { ...pinned, Resource: "arn:aws:sqs:::b/*" },
    found: [["policy.resource-not-s3", "warning", "Statement[0].Resource"]],
  },
])("$name", ({ statement, found }) => {
  expect(findings({ Version: "2012-10-17", Statement: [statement] })).toEqual(found);
});

test.each<{ name: string; document: object | string; found: readonly Finding[] }>([
  {
    name: "S1: version for Version",
    document: { version: "2012-10-17", Statement: [tls] },
    found: [["policy.unknown-element", "error", "version", "Version"]],
  },
  {
    name: "a variable in a document of 2008 is text",
    document: { Statement: [{ ...pinned, Resource: `arn:aws:s3:::\${aws:username}/*` }] },
    found: [["policy.variable-in-old-version", "warning", "Statement[0].Resource"]],
  },
  {
    name: "two halves of a TLS guarantee make a whole",
    document: {
      Statement: [
        { ...tls, Resource: both[0] },
        { ...tls, Resource: both[1] },
      ],
    },
    found: [],
  },
  {
    name: "an Allow over HTTPS beside a TLS deny is all right",
    document: {
      Statement: [
        tls,
        { ...tls, Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": true } } },
      ],
    },
    found: [],
  },
  {
    name: "one Sid twice",
    document: {
      Statement: [
        { ...tls, Sid: "a" },
        { ...tls, Sid: "a" },
      ],
    },
    found: [["policy.duplicate-sid", "warning", "Statement[1].Sid"]],
  },
  {
    name: "more than 20,480 bytes",
    document: { Id: "x".repeat(20_480), Statement: tls },
    found: [["policy.too-large", "warning", ""]],
  },
])("$name", ({ document, found }) => {
  expect(findings(document)).toEqual(found);
});
