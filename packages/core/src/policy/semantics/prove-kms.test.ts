import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import { parse } from "../syntax/parse.ts";
import { evaluate } from "./evaluate.ts";
import { prove } from "./prove.ts";

const where = { bucket: "b", partition: "aws" };
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const optional = guarantee("kms-enforcement", {}, where);
const required = guarantee("kms-enforcement", { mode: "header-required" }, where);
const pinned = guarantee("kms-enforcement", { mode: "key-pinned", keyArn }, where);
const sseC = guarantee("sse-c-denied", {}, where);

const sse = "s3:x-amz-server-side-encryption";
const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const customer = "s3:x-amz-server-side-encryption-customer-algorithm";
const writes = ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"];

function deny(Condition: unknown, Action: unknown = writes): unknown {
  return { Effect: "Deny", Principal: "*", Action, Resource: "arn:aws:s3:::b/*", Condition };
}

const k3 = deny({ Null: { [sse]: "false" }, StringNotEquals: { [sse]: "aws:kms" } });
const noSseC = deny({ Null: { [customer]: "false" } });

/** What slips through, named as in the table of request kinds: H0, A, K, Kx, C. */
type Verdict = "proven" | "undecided" | `slips: ${string}`;

interface Row {
  readonly form: string;
  readonly statements: readonly unknown[];
  readonly optional: Verdict;
  readonly required: Verdict;
  readonly pinned: Verdict;
  readonly sseC: Verdict;
}

const rows: readonly Row[] = [
  {
    form: "K1 StringNotEquals sse aws:kms",
    statements: [deny({ StringNotEquals: { [sse]: "aws:kms" } })],
    optional: "proven",
    required: "proven",
    pinned: "slips: aws:kms with another key",
    sseC: "proven",
  },
  {
    form: "K2 the same with IfExists",
    statements: [deny({ StringNotEqualsIfExists: { [sse]: "aws:kms" } })],
    optional: "proven",
    required: "proven",
    pinned: "slips: aws:kms with another key",
    sseC: "proven",
  },
  {
    form: "K3 a header that is not aws:kms",
    statements: [k3],
    optional: "slips: SSE-C",
    required: "slips: no header",
    pinned: "slips: no header with another key",
    sseC: "slips: SSE-C",
  },
  {
    form: "K3b with SSE-C denied as well",
    statements: [k3, noSseC],
    optional: "proven",
    required: "slips: no header",
    pinned: "slips: no header with another key",
    sseC: "proven",
  },
  {
    form: "K4 only the missing header",
    statements: [deny({ Null: { [sse]: "true" } })],
    optional: "slips: AES256",
    required: "slips: AES256",
    pinned: "slips: AES256",
    sseC: "proven",
  },
  {
    form: "K5 only AES256",
    statements: [deny({ StringEquals: { [sse]: "AES256" } })],
    optional: "slips: aws:fsx",
    required: "slips: aws:fsx",
    pinned: "slips: aws:fsx",
    sseC: "slips: SSE-C",
  },
  {
    form: "K6 a missing key id",
    statements: [deny({ Null: { [keyId]: "true" } })],
    optional: "proven",
    required: "undecided",
    pinned: "slips: no header with another key",
    sseC: "proven",
  },
  {
    form: "K7 another key id, or none",
    statements: [deny({ ArnNotEqualsIfExists: { [keyId]: keyArn } })],
    optional: "proven",
    required: "undecided",
    pinned: "proven",
    sseC: "proven",
  },
  {
    form: "K8 StringNotLike aws:kms*",
    statements: [deny({ StringNotLike: { [sse]: "aws:kms*" } })],
    optional: "proven",
    required: "proven",
    pinned: "slips: aws:kms with another key",
    sseC: "proven",
  },
  {
    form: "K9 only explicit keys",
    statements: [deny({ Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: keyArn } })],
    optional: "slips: AES256",
    required: "slips: AES256",
    pinned: "slips: AES256",
    sseC: "slips: SSE-C",
  },
  {
    form: "K10 K1 on the bucket instead of its objects",
    statements: [
      {
        ...(deny({ StringNotEquals: { [sse]: "aws:kms" } }) as object),
        Resource: "arn:aws:s3:::b",
      },
    ],
    optional: "slips: AES256",
    required: "slips: AES256",
    pinned: "slips: AES256",
    sseC: "slips: SSE-C",
  },
  {
    form: "K12 ForAnyValue:StringNotEquals only sees a header",
    statements: [deny({ "ForAnyValue:StringNotEquals": { [sse]: "aws:kms" } }), noSseC],
    optional: "proven",
    required: "slips: no header",
    pinned: "slips: no header with another key",
    sseC: "proven",
  },
  {
    form: "K3b for PutObject alone leaves replication open",
    statements: [
      deny({ Null: { [sse]: "false" }, StringNotEquals: { [sse]: "aws:kms" } }, "s3:PutObject"),
      deny({ Null: { [customer]: "false" } }, "s3:PutObject"),
    ],
    optional: "slips: AES256 by s3:ReplicateObject",
    required: "slips: AES256 by s3:ReplicateObject",
    pinned: "slips: AES256 by s3:ReplicateObject",
    sseC: "slips: SSE-C by s3:ReplicateObject",
  },
  {
    form: "the value aws.kms that studies misspell denies KMS and not the rest",
    statements: [deny({ StringEquals: { [sse]: "aws.kms" } })],
    optional: "slips: AES256",
    required: "slips: AES256",
    pinned: "slips: AES256",
    sseC: "slips: SSE-C",
  },
];

function verdict(statements: readonly unknown[], promise: typeof optional): Verdict {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const proof = prove(parsed.policy, promise);
  if (proof.kind !== "refuted") return proof.kind;
  const { witness } = proof;
  expect(["allow", "neither"]).toContain(evaluate(parsed.policy, witness).kind);
  const header = witness.context[sse]?.[0] ?? (customer in witness.context ? "SSE-C" : "no header");
  const key = keyId in witness.context ? " with another key" : "";
  const action = witness.action === "s3:PutObject" ? "" : ` by ${witness.action}`;
  return `slips: ${header}${key}${action}`;
}

test.each(rows)("$form", ({ statements, ...expected }) => {
  expect({
    form: expected.form,
    optional: verdict(statements, optional),
    required: verdict(statements, required),
    pinned: verdict(statements, pinned),
    sseC: verdict(statements, sseC),
  }).toEqual(expected);
});
