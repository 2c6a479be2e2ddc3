import { expect, test } from "vitest";
import {
  bucket,
  judge,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import { absent, present } from "../model/reading.ts";
import type { Control } from "./control.ts";
import { presignedUrlAge } from "./presigned-url-age.ts";
import { tlsMinimum } from "./tls-minimum.ts";

const arn = "arn:aws:s3:::invoices";

function deny(Condition: object, more: object = {}) {
  const all = { Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] };
  return { Effect: "Deny", ...all, Condition, ...more };
}

const olderThan = (version: string | number) => ({
  NumericLessThan: { "s3:TlsVersion": version },
});
const laterThan = (milliseconds: string | number) => ({
  NumericGreaterThan: { "s3:signatureAge": milliseconds },
});
const tls13 = { baseline: { "tls-minimum": { minimum: "1.3" } } };
const hour = { baseline: { "presigned-url-age": { maxAgeSeconds: 3_600 } } };

interface Row {
  readonly name: string;
  readonly control: Control;
  readonly situation: { readonly baseline: object };
  readonly statements: readonly object[];
  readonly kind: "compliant" | "drift";
}

const tls = { control: tlsMinimum, situation: tls13 };
const age = { control: presignedUrlAge, situation: hour };

test.each<Row>([
  {
    ...tls,
    name: "1.3 in our words",
    statements: [deny(olderThan("1.3"), { Sid: "BucketWardenTlsMinimum" })],
    kind: "compliant",
  },
  {
    ...tls,
    name: "1.3 as a number, in other letters",
    statements: [deny({ NumericLessThan: { "S3:tlsversion": 1.3 } }, { Action: "*" })],
    kind: "compliant",
  },
  {
    ...tls,
    name: "the old versions one by one",
    statements: [deny({ NumericEquals: { "s3:TlsVersion": ["1.0", "1.1", "1.2"] } })],
    kind: "compliant",
  },
  { ...tls, name: "only 1.2", statements: [deny(olderThan("1.2"))], kind: "drift" },
  {
    ...tls,
    name: "1.3 on objects only",
    statements: [deny(olderThan("1.3"), { Resource: `${arn}/*` })],
    kind: "drift",
  },
  {
    ...tls,
    name: "our Sid on an Allow",
    statements: [deny(olderThan("1.3"), { Sid: "BucketWardenTlsMinimum", Effect: "Allow" })],
    kind: "drift",
  },
  {
    ...tls,
    name: "1.3 together with plain HTTP, which has no version",
    statements: [deny({ ...olderThan("1.3"), Bool: { "aws:SecureTransport": "false" } })],
    kind: "drift",
  },
  {
    ...age,
    name: "an hour in our words",
    statements: [deny(laterThan("3600000"), { Sid: "BucketWardenPresignedMaxAge" })],
    kind: "compliant",
  },
  {
    ...age,
    name: "half an hour",
    statements: [deny(laterThan(1_800_000))],
    kind: "compliant",
  },
  { ...age, name: "a day", statements: [deny(laterThan("86400000"))], kind: "drift" },
  {
    ...age,
    name: "an hour written in seconds is far less, and denies it",
    statements: [deny(laterThan("3600"))],
    kind: "compliant",
  },
  {
    ...age,
    name: "an hour for reading only",
    statements: [deny(laterThan("3600000"), { Action: "s3:GetObject" })],
    kind: "drift",
  },
  {
    ...age,
    name: "our Sid the wrong way round",
    statements: [
      deny(
        { NumericLessThan: { "s3:signatureAge": "3600000" } },
        { Sid: "BucketWardenPresignedMaxAge" },
      ),
    ],
    kind: "drift",
  },
])("$control.id: $name is $kind", ({ control, situation, statements, kind }) => {
  expect(judge(control, { policy: policyOf(...statements) }, situation).kind).toBe(kind);
});

const both = [
  {
    ...tls,
    sentence: "every request over TLS older than 1.3 is denied",
    sid: "BucketWardenTlsMinimum",
    why: "clients that do not speak TLS 1.3 would be denied, and all that comes through PrivateLink or a Multi-Region Access Point",
  },
  {
    ...age,
    sentence: "every presigned URL signed more than 3600 seconds ago is denied",
    sid: "BucketWardenPresignedMaxAge",
    why: "URLs that were given out for longer would stop working, and nothing tells who has them",
  },
];

test.each(both)("$control.id: no policy is drift, with a request that slips through", (row) => {
  const { control, situation, sentence, why } = row;
  expect(judge(control, { policy: absent }, situation)).toEqual({
    kind: "drift",
    summary: `the bucket policy does not enforce it: ${sentence}`,
    witness: expect.stringContaining("s3:"),
    allowance: { mode: "approval", why },
    intents: [
      {
        document: "policy",
        kind: "ensure-guarantee",
        guarantee: expect.objectContaining({ sentence }),
      },
    ],
  });
});

test.each(both)("$control.id: a person is asked, then it is written once", (row) => {
  const { control, situation, sentence, sid, why } = row;
  const theirs = { ...deny({}), Effect: "Allow", Principal: { AWS: "111122223333" } };
  const readings = { policy: policyOf(theirs) };
  expect(repair(control, readings, situation)).toMatchObject({
    written: [],
    held: [{ kind: "approval", why }],
  });
  expect(repair(control, readings, { ...situation, asked: true })).toEqual({
    written: [{ document: "policy", after: { text: expect.stringContaining(`"${sid}"`) } }],
    held: [],
    later: { kind: "compliant", evidence: `proven for every request: ${sentence}` },
    writtenAgain: [],
  });
});

test.each(both)("$control.id: a policy that IAM does not define is undecided", (row) => {
  const assessment = judge(row.control, { policy: present({ text: "[]" }) }, row.situation);
  expect(assessment.kind).toBe("undecided");
});

test.each(both)("$control.id: the statement is of the partition of the bucket", (row) => {
  const on = bucket("invoices", "us-gov-west-1");
  const [written] = repair(
    row.control,
    { policy: absent },
    { ...row.situation, on, asked: true },
  ).written;
  expect(JSON.stringify(written?.after)).toContain("arn:aws-us-gov:s3:::invoices/*");
});

test("under 1.2 people hear that S3 does it anyway", () => {
  expect(judge(tlsMinimum, { policy: absent })).toMatchObject({
    allowance: { why: expect.stringContaining("S3 itself refuses") },
  });
});

test.each(
  [tlsMinimum, presignedUrlAge].flatMap((control) =>
    unreadRows(control).map((row) => ({ control, ...row })),
  ),
)("$control.id: $facet unread ($reason) is not judged", ({ control, facet, reason }) => {
  expect(judge(control, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
