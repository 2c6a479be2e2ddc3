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
const { Action: _action, ...withoutAction } = canonical;
const { Condition: _condition, ...unconditional } = canonical;

interface Row {
  readonly form: string;
  readonly statement: unknown;
  /** `invalid` is the verdict of the parser. */
  readonly verdict: "proven" | "refuted" | "undecided" | "invalid";
  /** What the sentence of the witness says, or why it is undecided. */
  readonly because?: string;
}

const anonymousGet =
  "anonymous may call s3:GetObject on arn:aws:s3:::b/example.txt over plain HTTP";

// Forms that decide it, one way or the other; the gaps are in prove-ssl-gaps.test.ts.
const rows: readonly Row[] = [
  { form: "1 the canonical statement", statement: canonical, verdict: "proven" },
  {
    form: '2 Principal {"AWS":"*"} is everybody',
    statement: { ...canonical, Principal: { AWS: "*" } },
    verdict: "proven",
  },
  {
    form: '2b Principal {"AWS":["*"]} is everybody',
    statement: { ...canonical, Principal: { AWS: ["*"] } },
    verdict: "proven",
  },
  {
    form: "3 Action * is every action",
    statement: { ...canonical, Action: "*" },
    verdict: "proven",
  },
  {
    form: "3b action case is free",
    statement: { ...canonical, Action: "S3:*" },
    verdict: "proven",
  },
  {
    form: "4 Resource * is everything",
    statement: { ...canonical, Resource: "*" },
    verdict: "proven",
  },
  {
    form: "5 one pattern covers bucket and keys",
    statement: { ...canonical, Resource: `${bucket}*` },
    verdict: "proven",
  },
  {
    form: "6 an unquoted boolean",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTransport": false } } },
    verdict: "proven",
  },
  {
    form: "6b a boolean with a capital",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTransport": "False" } } },
    verdict: "proven",
  },
  {
    form: "7 key case is free",
    statement: { ...canonical, Condition: { Bool: { "AWS:securetransport": "false" } } },
    verdict: "proven",
  },
  {
    form: "8 nobody says whether S3 knows the operator bool",
    statement: { ...canonical, Condition: { bool: { "aws:SecureTransport": "false" } } },
    verdict: "undecided",
    because: "statement 1 is in doubt: the operator bool is not known",
  },
  {
    form: "9 two statements, one for each resource",
    statement: [
      { ...canonical, Resource: bucket },
      { ...canonical, Resource: objects },
    ],
    verdict: "proven",
  },
  { form: "10 Statement as an array of one", statement: [canonical], verdict: "proven" },
  {
    form: "11 NotAction of another service covers all of S3",
    statement: { ...withoutAction, NotAction: "iam:*" },
    verdict: "proven",
  },
  {
    form: "12 NotAction leaves its action open",
    statement: { ...withoutAction, NotAction: "s3:GetObject" },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "13 BoolIfExists also catches plain HTTP",
    statement: { ...canonical, Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } },
    verdict: "proven",
  },
  {
    form: "14 StringEquals on a boolean key",
    statement: { ...canonical, Condition: { StringEquals: { "aws:SecureTransport": "false" } } },
    verdict: "proven",
  },
  {
    form: "15 StringNotEquals true",
    statement: { ...canonical, Condition: { StringNotEquals: { "aws:SecureTransport": "true" } } },
    verdict: "proven",
  },
  {
    form: "16 ForAnyValue:Bool",
    statement: {
      ...canonical,
      Condition: { "ForAnyValue:Bool": { "aws:SecureTransport": "false" } },
    },
    verdict: "proven",
  },
  {
    form: "17 ForAllValues:Bool",
    statement: {
      ...canonical,
      Condition: { "ForAllValues:Bool": { "aws:SecureTransport": "false" } },
    },
    verdict: "proven",
  },
  {
    form: "18 both values deny HTTPS as well, and so HTTP",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTransport": ["false", "true"] } } },
    verdict: "proven",
  },
  {
    form: "19 an empty Condition denies everything, and so HTTP",
    statement: { ...canonical, Condition: {} },
    verdict: "proven",
  },
  { form: "19b no Condition at all", statement: unconditional, verdict: "proven" },
  {
    form: "20 the condition upside down",
    statement: { ...canonical, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "21 the key is there on plain HTTP",
    statement: { ...canonical, Condition: { Null: { "aws:SecureTransport": "true" } } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "22 an Allow never denies",
    statement: {
      ...canonical,
      Effect: "Allow",
      Condition: { Bool: { "aws:SecureTransport": "true" } },
    },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "44 Effect in lower case is no policy",
    statement: { ...canonical, Effect: "deny" },
    verdict: "invalid",
  },
];

// Policies on which public rules are known to go wrong, in one direction or the other.
const misjudged: readonly Row[] = [
  {
    form: "one Deny for PutObject, which is all that some look for",
    statement: { ...canonical, Action: "s3:PutObject" },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "an action that merely contains the name",
    statement: { ...canonical, Action: "s3:PutObjectAcl" },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "a Sid that promises it",
    statement: { ...canonical, Sid: "DenyHttp", Resource: "arn:aws:s3:::b/tmp/*" },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "one role only",
    statement: { ...canonical, Principal: { AWS: "arn:aws:iam::111122223333:role/r" } },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "inside one network only",
    statement: {
      ...canonical,
      Condition: { ...http, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "an Allow of a service and no rule on TLS at all",
    statement: {
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: objects,
    },
    verdict: "refuted",
    because: anonymousGet,
  },
  {
    form: "lists of one, any order of elements, another case of the key",
    statement: {
      Resource: [objects, bucket],
      Condition: { Bool: { "aws:securetransport": ["false"] } },
      Action: ["s3:*"],
      Principal: { AWS: ["*"] },
      Effect: "Deny",
      Sid: "x",
    },
    verdict: "proven",
  },
  {
    form: "halves that add up: reads here, everything but reads there",
    statement: [
      { ...canonical, Action: ["s3:Get*", "s3:List*"] },
      { ...canonical, Action: undefined, NotAction: ["s3:Get*", "s3:List*"] },
    ],
    verdict: "proven",
  },
  {
    form: "halves that do not: reads here, writes there",
    statement: [
      { ...canonical, Action: ["s3:Get*", "s3:List*"] },
      { ...canonical, Action: ["s3:Put*", "s3:Delete*"] },
    ],
    verdict: "refuted",
    because:
      "anonymous may call s3:AbortMultipartUpload on arn:aws:s3:::b/example.txt over plain HTTP",
  },
  {
    form: "the statement twice, as tools leave it that append on every run",
    statement: [canonical, canonical],
    verdict: "proven",
  },
];

const promise = guarantee("ssl-only", {}, { bucket: "b", partition: "aws" });

function judge(statement: unknown): string {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statement }));
  if (parsed.kind === "invalid") return "invalid";
  const proof = prove(parsed.policy, promise);
  if (proof.kind === "proven") return "proven";
  if (proof.kind === "undecided") return `undecided: ${proof.why}`;
  expect(["allow", "neither"]).toContain(evaluate(parsed.policy, proof.witness).kind);
  return `refuted: ${proof.sentence}`;
}

test.each([...rows, ...misjudged])(
  "ssl-only, $form: $verdict",
  ({ statement, verdict, because }) => {
    expect(judge(statement)).toBe(because === undefined ? verdict : `${verdict}: ${because}`);
  },
);

test("a bucket without a policy denies nobody", () => {
  const proof = prove(undefined, promise);
  expect(proof.kind === "refuted" && proof.sentence).toBe(anonymousGet);
});
