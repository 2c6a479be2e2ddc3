import { expect, test } from "vitest";
import {
  bucket,
  invoices,
  judge,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { PolicyText } from "../model/facets.ts";
import { absent, present, type Reading } from "../model/reading.ts";
import { type BucketRef, partitionOf } from "../model/ref.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { guarantee } from "../policy/index.ts";
import { sslOnly } from "./ssl-only.ts";

const arn = "arn:aws:s3:::invoices";
const http = { "aws:SecureTransport": "false" };
const sound = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: http },
};
const { Action: _action, ...anyAction } = sound;
const { Resource: _resource, ...anywhere } = sound;
const { Condition: _condition, ...always } = sound;
const ours = { Sid: "BucketWardenSslOnly", ...sound };

const compliant: Assessment = {
  kind: "compliant",
  evidence: "proven for every request: every request over plain HTTP is denied",
};

function drift(
  witness: string,
  allowance: Allowance = { mode: "automatic" },
  on: BucketRef = invoices,
): Assessment {
  const where = { bucket: on.name, partition: partitionOf(on.region) };
  return {
    kind: "drift",
    summary: "the bucket policy does not enforce it: every request over plain HTTP is denied",
    witness: `${witness} over plain HTTP`,
    allowance,
    intents: [
      {
        document: "policy",
        kind: "ensure-guarantee",
        guarantee: guarantee("ssl-only", {}, where),
      },
    ],
  };
}

test.each<{ form: string; statements: readonly object[] }>([
  { form: "in our own words", statements: [ours] },
  { form: "under another name", statements: [{ Sid: "Whatever", ...sound }] },
  { form: "beside statements of others", statements: [{ ...sound, Effect: "Allow" }, sound] },
  { form: "for every kind of principal", statements: [{ ...sound, Principal: { AWS: ["*"] } }] },
  { form: "for every service", statements: [{ ...sound, Action: "*" }] },
  { form: "by what is not done to IAM", statements: [{ ...anyAction, NotAction: "iam:*" }] },
  { form: "on one pattern", statements: [{ ...sound, Resource: `${arn}*` }] },
  {
    form: "outside another bucket",
    statements: [{ ...anywhere, NotResource: "arn:aws:s3:::other/*" }],
  },
  {
    form: "in two halves",
    statements: [
      { ...sound, Resource: arn },
      { ...sound, Resource: `${arn}/*` },
    ],
  },
  {
    form: "with a real boolean",
    statements: [{ ...sound, Condition: { Bool: { "AWS:securetransport": false } } }],
  },
  {
    form: "as what is not true",
    statements: [{ ...sound, Condition: { StringNotEquals: { "aws:SecureTransport": "true" } } }],
  },
  {
    form: "sparing AWS services in the sound way",
    statements: [
      {
        ...sound,
        Condition: { Bool: http, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
      },
    ],
  },
  // Locks everybody out, but that is not what this control is asked.
  { form: "by denying everything", statements: [always] },
])("TLS demanded $form is compliant", ({ statements }) => {
  const readings = { policy: policyOf(...statements), website: absent };
  expect(judge(sslOnly, readings)).toEqual(compliant);
});

const anyGet = `anonymous may call s3:GetObject on ${arn}/example.txt`;
const anyList = `anonymous may call s3:ListBucket on ${arn}`;

test.each<{ form: string; statement: object; witness: string }>([
  {
    form: "has our Sid and covers one action",
    statement: { ...ours, Action: "s3:GetObject" },
    witness: `anonymous may call s3:PutObject on ${arn}/example.txt`,
  },
  {
    form: "has a trusted Sid and covers no bucket call",
    statement: { ...sound, Sid: "AllowSSLRequestsOnly", Resource: `${arn}/*` },
    witness: anyList,
  },
  { form: "covers no object", statement: { ...sound, Resource: arn }, witness: anyGet },
  {
    form: "covers one folder",
    statement: { ...sound, Resource: [arn, `${arn}/public/*`] },
    witness: anyGet,
  },
  {
    form: "only allows TLS",
    statement: {
      ...sound,
      Effect: "Allow",
      Condition: { Bool: { "aws:SecureTransport": "true" } },
    },
    witness: anyGet,
  },
  {
    form: "denies TLS instead",
    statement: { ...sound, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    witness: anyGet,
  },
  {
    form: "spells the key wrong",
    statement: { ...sound, Condition: { Bool: { "aws:SecureTransports": "false" } } },
    witness: anyGet,
  },
  {
    form: "asks for an old TLS version as well",
    statement: {
      ...sound,
      Condition: { Bool: http, NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    witness: anyGet,
  },
  {
    form: "is limited to a network",
    statement: { ...sound, Condition: { Bool: http, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
    witness: anyGet,
  },
  {
    form: "is limited to the own account",
    statement: { ...sound, Principal: { AWS: "arn:aws:iam::111122223333:root" } },
    witness: anyGet,
  },
  {
    form: "spares AWS services in the way that spares the anonymous",
    statement: {
      ...sound,
      Condition: { Bool: { ...http, "aws:PrincipalIsAWSService": "false" } },
    },
    witness: anyGet,
  },
  {
    form: "spares one action",
    statement: { ...anyAction, NotAction: "s3:GetObject" },
    witness: anyGet,
  },
  {
    form: "speaks of another bucket",
    statement: { ...sound, Resource: ["arn:aws:s3:::invoice", "arn:aws:s3:::invoice/*"] },
    witness: anyGet,
  },
  {
    form: "speaks of another partition",
    statement: { ...sound, Resource: ["arn:aws-cn:s3:::invoices", "arn:aws-cn:s3:::invoices/*"] },
    witness: anyGet,
  },
])("a statement that $form does not demand TLS", ({ statement, witness }) => {
  const readings = { policy: policyOf(statement), website: absent };
  expect(judge(sslOnly, readings)).toEqual(drift(witness));
});

test("a bucket without a policy takes plain HTTP", () => {
  expect(judge(sslOnly, { policy: absent, website: absent })).toEqual(drift(anyGet));
});

const text = (value: string): Reading<PolicyText> => present({ text: value });
const notIam = "the bucket policy is not one that IAM defines";

test.each<{ form: string; policy: Reading<PolicyText>; why: string }>([
  {
    form: "an operator that S3 may or may not know",
    policy: policyOf({ ...sound, Condition: { bool: http } }),
    why: "statement 1 is in doubt: the operator bool is not known",
  },
  {
    form: "Conditions",
    policy: policyOf({ ...always, Conditions: { Bool: http } }),
    why: `${notIam} (Statement[0].Conditions: the policy language has no element "Conditions" here)`,
  },
  {
    form: "a small version",
    policy: text(`{"version":"2012-10-17","Statement":[${JSON.stringify(sound)}]}`),
    why: `${notIam} (version: the policy language has no element "version" here)`,
  },
])("a policy with $form is undecided, not repaired", ({ policy, why }) => {
  const undecided = { kind: "undecided", why };
  const readings = { policy, website: absent };
  expect(repair(sslOnly, readings, { asked: true })).toEqual({
    written: [],
    held: [],
    later: undecided,
    writtenAgain: [],
  });
  expect(judge(sslOnly, { policy, website: present({}) })).toEqual(undecided);
});

const website = present({ IndexDocument: { Suffix: "index.html" } });
const hold = {
  mode: "approval",
  why: "the bucket serves a website, and S3 website endpoints speak plain HTTP only",
} as const;

test("a website is not cut off without approval", () => {
  expect(judge(sslOnly, { policy: absent, website })).toEqual(drift(anyGet, hold));
  expect(judge(sslOnly, { policy: policyOf(sound), website })).toEqual(compliant);
});

test("a website is held back until a person asks for it", () => {
  const readings = { policy: absent, website };
  const next = 'to repair it, invoke with mode "apply" and controls ["ssl-only"]';
  expect(repair(sslOnly, readings)).toEqual({
    written: [],
    held: [{ control: "ssl-only", kind: "approval", why: hold.why, next }],
    later: drift(anyGet, hold),
    writtenAgain: [],
  });
  const asked = repair(sslOnly, readings, { asked: true });
  expect(asked).toEqual({
    written: [{ document: "policy", after: textOf(ours) }],
    held: [],
    later: compliant,
    writtenAgain: [],
  });
});

function textOf(...statements: readonly object[]): PolicyText {
  return { text: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}

const foreign = {
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "s3:GetObject",
  Resource: `${arn}/*`,
};

test.each<{ name: string; before: Reading<PolicyText>; after: PolicyText }>([
  { name: "no policy gets one", before: absent, after: textOf(ours) },
  {
    name: "a statement of others stays in front",
    before: policyOf(foreign),
    after: textOf(foreign, ours),
  },
  {
    name: "a look-alike of others stays",
    before: policyOf({ ...sound, Sid: "Tls", Resource: arn }),
    after: textOf({ ...sound, Sid: "Tls", Resource: arn }, ours),
  },
  {
    name: "a look-alike under our Sid is replaced",
    before: policyOf(foreign, { ...ours, Effect: "Allow" }),
    after: textOf(foreign, ours),
  },
])("$name, and a second plan has no steps", ({ before, after }) => {
  expect(repair(sslOnly, { policy: before, website: absent })).toEqual({
    written: [{ document: "policy", after }],
    held: [],
    later: compliant,
    writtenAgain: [],
  });
});

test.each([
  ["cn-north-1", "arn:aws-cn:s3:::invoices"],
  ["us-gov-west-1", "arn:aws-us-gov:s3:::invoices"],
  ["eusc-de-east-1", "arn:aws-eusc:s3:::invoices"],
])("in %s the bucket is %s", (region, own) => {
  const on = bucket("invoices", region);
  const witness = `anonymous may call s3:GetObject on ${own}/example.txt`;
  const wrong = { policy: policyOf(sound), website: absent };
  expect(judge(sslOnly, wrong, { on })).toEqual(drift(witness, { mode: "automatic" }, on));
  const right = { ...wrong, policy: policyOf({ ...sound, Resource: [own, `${own}/*`] }) };
  expect(judge(sslOnly, right, { on })).toEqual(compliant);
});

test.each(unreadRows(sslOnly))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  const readings = { policy: policyOf(sound), website: absent, [facet]: unknown(reason) };
  expect(judge(sslOnly, readings)).toEqual(unread(facet, reason));
});
