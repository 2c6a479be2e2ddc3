import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import { parse } from "../syntax/parse.ts";
import { evaluate } from "./evaluate.ts";
import { prove } from "./prove.ts";

const bucket = "arn:aws:s3:::b";
const objects = `${bucket}/*`;
const http = { Bool: { "aws:SecureTransport": "false" } };
const canonical = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket, objects],
  Condition: http,
};
const { Resource: _resource, ...withoutResource } = canonical;
const { Principal: _principal, ...withoutPrincipal } = canonical;

interface Row {
  readonly form: string;
  readonly statement: unknown;
  readonly verdict: "proven" | "refuted" | "undecided";
  /** What the sentence of the witness says, or why it is undecided. */
  readonly because?: string;
}

const bob = "arn:aws:sts::111122223333:federated-user/bob";
const anonymousGet =
  "anonymous may call s3:GetObject on arn:aws:s3:::b/example.txt over plain HTTP";
const anonymousList = "anonymous may call s3:ListBucket on arn:aws:s3:::b over plain HTTP";

const rows: readonly Row[] = [
  {
    form: "23 only the objects",
    statement: { ...canonical, Resource: objects },
    verdict: "refuted",
    because: anonymousList,
  },
  {
    form: "24 only the bucket",
    statement: { ...canonical, Resource: bucket },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "25 only one prefix",
    statement: { ...canonical, Resource: [bucket, `${bucket}/prefix/*`] },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "26 a slash without a star covers no key",
    statement: { ...canonical, Resource: [bucket, `${bucket}/`] },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "27 one action",
    statement: { ...canonical, Action: "s3:GetObject" },
    verdict: "refuted",
    because: "anonymous may call s3:PutObject on arn:aws:s3:::b/example.txt over plain HTTP",
  },
  {
    form: "28 the usual verbs",
    statement: { ...canonical, Action: ["s3:Get*", "s3:Put*", "s3:List*", "s3:Delete*"] },
    verdict: "refuted",
    because:
      "anonymous may call s3:AbortMultipartUpload on arn:aws:s3:::b/example.txt over plain HTTP",
  },
  {
    form: "29 only the own account",
    statement: { ...canonical, Principal: { AWS: "arn:aws:iam::111122223333:root" } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "30 only an AWS service",
    statement: { ...canonical, Principal: { Service: "logging.s3.amazonaws.com" } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "31 NotPrincipal leaves the administrator open",
    statement: {
      ...withoutPrincipal,
      NotPrincipal: {
        AWS: ["arn:aws:iam::111122223333:user/admin", "arn:aws:iam::111122223333:root"],
      },
    },
    verdict: "refuted",
    because:
      "the user arn:aws:iam::111122223333:user/alice may call s3:GetObject on arn:aws:s3:::b/example.txt over plain HTTP",
  },
  {
    form: "32 the exemption of AWS services in its unsound form leaves anonymous open",
    statement: {
      ...canonical,
      Condition: { Bool: { "aws:SecureTransport": "false", "aws:PrincipalIsAWSService": "false" } },
    },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "33 the exemption of AWS services in its sound form",
    statement: {
      ...canonical,
      Condition: { ...http, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    },
    verdict: "proven",
  },
  {
    form: "34 a named role is exempt",
    statement: {
      ...canonical,
      Condition: {
        ...http,
        ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/BreakGlass" },
      },
    },
    verdict: "refuted",
    because:
      "a session of the role arn:aws:iam::111122223333:role/BreakGlass may call s3:GetObject on arn:aws:s3:::b/example.txt over plain HTTP",
  },
  {
    form: "35 a network is exempt",
    statement: {
      ...canonical,
      Condition: { ...http, NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    },
    verdict: "refuted",
    because: `${anonymousGet}, with aws:SourceIp = 203.0.113.7`,
  },
  {
    form: "35b an organization is exempt",
    statement: {
      ...canonical,
      Condition: { ...http, StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    },
    verdict: "refuted",
    because:
      "the user arn:aws:iam::444455556666:user/alice (organization o-a1b2c3d4e5) may call s3:GetObject on arn:aws:s3:::b/example.txt over plain HTTP",
  },
  {
    form: "36 plain HTTP has no TLS version that could be too low",
    statement: {
      ...canonical,
      Condition: { ...http, NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "37 only the TLS version",
    statement: { ...canonical, Condition: { NumericLessThan: { "s3:TlsVersion": 1.3 } } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "38 nobody says that s3:TlsVersion is absent on plain HTTP",
    statement: { ...canonical, Condition: { Null: { "s3:TlsVersion": "true" } } },
    verdict: "undecided",
    because: `only a request slips through that is unlikely to exist: ${anonymousGet}, with s3:TlsVersion = example`,
  },
  {
    form: "39 a misspelt key",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTranport": "false" } } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "40 a value that is no boolean",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTransport": "no" } } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "40b an empty list of values",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTransport": [] } } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "41 the wrong partition",
    statement: { ...canonical, Resource: ["arn:aws-cn:s3:::b", "arn:aws-cn:s3:::b/*"] },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "41b another bucket",
    statement: { ...canonical, Resource: ["arn:aws:s3:::c", "arn:aws:s3:::c/*"] },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "42 NotResource of something else",
    statement: { ...withoutResource, NotResource: "arn:aws:s3:::else/*" },
    verdict: "proven",
  },
  {
    form: "43 NotResource leaves its prefix open",
    statement: { ...withoutResource, NotResource: `${bucket}/public/*` },
    verdict: "refuted",
    because: "anonymous may call s3:GetObject on arn:aws:s3:::b/public/example over plain HTTP",
  },
  {
    form: "45 an extra positive condition narrows the Deny",
    statement: {
      ...canonical,
      Condition: { ...http, StringEquals: { "s3:signatureversion": "AWS4-HMAC-SHA256" } },
    },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "46 a federated user of STS is left out",
    statement: { ...withoutPrincipal, NotPrincipal: { AWS: bob } },
    verdict: "refuted",
    because: `the federated user ${bob} may call s3:GetObject on ${bucket}/example.txt over plain HTTP`,
  },
];

const promise = guarantee("ssl-only", {}, { bucket: "b", partition: "aws" });

function judge(statement: unknown): string {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statement }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const proof = prove(parsed.policy, promise);
  if (proof.kind === "proven") return "proven";
  if (proof.kind === "undecided") return `undecided: ${proof.why}`;
  expect(["allow", "neither"]).toContain(evaluate(parsed.policy, proof.witness).kind);
  return `refuted: ${proof.sentence}`;
}

test.each(rows)("ssl-only, $form: $verdict", ({ statement, verdict, because }) => {
  expect(judge(statement)).toBe(because === undefined ? verdict : `${verdict}: ${because}`);
});
