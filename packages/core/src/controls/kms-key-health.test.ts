import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import {
  encryptionKeyOf,
  judge,
  keyArn,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { EncryptionKey, KmsLoad } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { kmsKeyHealth } from "./kms-key-health.ts";

function readingsOf(encryptionKey: Known<EncryptionKey>, kmsLoad: Known<KmsLoad> = absent) {
  return { encryptionKey, kmsLoad };
}

const why = "a key belongs to many buckets and services, and only its owners know what hangs on it";

function drift(summary: string, operation?: string): Assessment {
  const command = `aws kms ${operation} --region eu-west-1 --key-id ${keyArn}`;
  const hold = { mode: "report-only", why } as const;
  const allowance = operation === undefined ? hold : { ...hold, command };
  return { kind: "drift", summary, allowance, intents: [] };
}

const compliant = (evidence: string): Assessment => ({ kind: "compliant", evidence });
const useless = "so nothing can be encrypted or read with it";
const awsS3 = present<EncryptionKey>({ kind: "aws-s3" });
const managed = "the AWS managed key aws/s3, which AWS rotates every year";
const asIs = { rotation: "not-asked" } as const;
const replica = { ...asIs, replicaOf: keyArn.replace("eu-west-1", "us-east-1") };
const theirs = keyArn.replace("111122223333", "444455556666");
const naming = { baseline: { "kms-key-health": { accounts: ["444455556666"] } } };
const ownOnly = { baseline: { "kms-key-health": { keys: "customer-managed" } } };

test.each<{ name: string; key: Known<EncryptionKey>; says: string }>([
  {
    name: "enabled and rotated",
    key: encryptionKeyOf(),
    says: `${keyArn} is enabled; KMS rotates it`,
  },
  { name: "aws/s3 because none is named", key: awsS3, says: managed },
  { name: "aws/s3 by its ARN", key: encryptionKeyOf({ manager: "AWS" }, asIs), says: managed },
  {
    name: "of imported material, which KMS cannot rotate by itself",
    key: encryptionKeyOf({}, { ...asIs, origin: "EXTERNAL" }),
    says: `${keyArn} is enabled; KMS cannot rotate it by itself, for its material is of origin EXTERNAL`,
  },
  {
    name: "in a key store of its owners",
    key: encryptionKeyOf({}, { ...asIs, origin: "AWS_CLOUDHSM" }),
    says: `${keyArn} is enabled; KMS cannot rotate it by itself, for its material is of origin AWS_CLOUDHSM`,
  },
  {
    name: "a replica, which is rotated with its primary",
    key: encryptionKeyOf({}, replica),
    says: `${keyArn} is enabled; as a replica it is rotated with ${replica.replicaOf}, if that is`,
  },
])("a key that is $name is compliant", ({ key, says }) => {
  expect(judge(kmsKeyHealth, readingsOf(key))).toEqual(compliant(says));
});

test("a key of another account is fine where the baseline names the account", () => {
  const key = encryptionKeyOf({ arn: theirs });
  expect(judge(kmsKeyHealth, readingsOf(key), naming)).toEqual(
    compliant(`${theirs} is enabled; KMS rotates it`),
  );
});

test("where the default encryption uses none there is no key to look at", () => {
  expect(judge(kmsKeyHealth, readingsOf(absent))).toEqual({
    kind: "not-applicable",
    why: "the default encryption uses no KMS key",
  });
});

const deletesAt = "2026-12-24T08:00:00.000Z";
const foreign = (key: string) =>
  `the key ${key} belongs to account 444455556666, which the baseline does not name: whoever runs that account can take the data away`;

const dead: readonly {
  readonly name: string;
  readonly key: Known<EncryptionKey>;
  readonly expected: Assessment;
}[] = [
  {
    name: "is disabled",
    key: encryptionKeyOf({ state: "Disabled" }, asIs),
    expected: drift(`the key ${keyArn} is in state Disabled, ${useless}`, "enable-key"),
  },
  {
    name: "is going to be deleted",
    key: encryptionKeyOf({ state: "PendingDeletion", deletesAt }, asIs),
    expected: drift(
      `the key ${keyArn} is in state PendingDeletion, to be deleted at ${deletesAt}, ${useless}`,
      "cancel-key-deletion",
    ),
  },
  {
    name: "waits for its material",
    key: encryptionKeyOf({ state: "PendingImport" }, { ...asIs, origin: "EXTERNAL" }),
    expected: drift(`the key ${keyArn} is in state PendingImport, ${useless}`),
  },
  {
    name: "is cut off from its key store",
    key: encryptionKeyOf({ state: "Unavailable" }, { ...asIs, origin: "EXTERNAL_KEY_STORE" }),
    expected: drift(`the key ${keyArn} is in state Unavailable, ${useless}`),
  },
  {
    name: "signs",
    key: encryptionKeyOf({ usage: "SIGN_VERIFY", spec: "RSA_2048" }, asIs),
    expected: drift(
      `the key ${keyArn} is of kind SIGN_VERIFY/RSA_2048, and S3 needs a symmetric encryption key, ${useless}`,
    ),
  },
  {
    name: "does not exist",
    key: present({ kind: "missing", named: "alias/nobody" }),
    expected: drift(`the key alias/nobody does not exist, ${useless}`),
  },
  {
    name: "lives elsewhere",
    key: present({ kind: "elsewhere", named: replica.replicaOf }),
    expected: drift(
      `the key ${replica.replicaOf} lives in another region than the bucket, ${useless}`,
    ),
  },
  {
    name: "is never rotated",
    key: encryptionKeyOf({}, { rotation: "off" }),
    expected: drift(`KMS does not rotate the key ${keyArn}`, "enable-key-rotation"),
  },
  ...["alias/s3", "arn:aws:kms:eu-west-1:111122223333:alias/s3"].map((named) => ({
    name: `is named ${named}`,
    key: encryptionKeyOf({}, { named }),
    expected: drift(
      `the default encryption names the alias ${named}, which S3 looks up in the account of whoever uploads: another account brings a key of its own`,
    ),
  })),
  {
    name: "is of an account that nobody named",
    key: encryptionKeyOf({ arn: theirs }),
    expected: drift(foreign(theirs)),
  },
  {
    name: "is of such an account and cannot be looked at",
    key: present({ kind: "hidden", named: theirs, account: "444455556666", detail: "no" }),
    expected: drift(foreign(theirs)),
  },
];

test.each(dead)("a key that $name is flagged, and nothing is written", ({ key, expected }) => {
  for (const asked of [false, true]) {
    const { written, held, later, writtenAgain } = repair(kmsKeyHealth, readingsOf(key), { asked });
    expect([written, writtenAgain, held.map(({ kind }) => kind)]).toEqual([[], [], ["flagged"]]);
    expect(later).toEqual(expected);
  }
});

test("the AWS managed key is drift where the baseline asks for a customer managed one", () => {
  const summary =
    "the key is the AWS managed key aws/s3, whose policy nobody can change, and the baseline asks for a customer managed one";
  const byArn = encryptionKeyOf({ manager: "AWS" }, asIs);
  for (const key of [awsS3, byArn]) {
    expect(judge(kmsKeyHealth, readingsOf(key), ownOnly)).toEqual(drift(summary));
  }
  expect(judge(kmsKeyHealth, readingsOf(encryptionKeyOf()), ownOnly).kind).toBe("compliant");
});

test("everything that is wrong is said, and the first command is the one to run", () => {
  const key = encryptionKeyOf({ arn: theirs, state: "Disabled" }, asIs);
  const assessment = judge(kmsKeyHealth, readingsOf(key, loadOf(9_000)));
  expect(assessment).toMatchObject({
    summary: expect.stringMatching(
      /is in state Disabled.*; .*account 444455556666.*; the Bucket Key/,
    ),
  });
  expect(argumentsOf(commandIn(assessment))).toEqual([
    ...["aws", "kms", "enable-key", "--region", "eu-west-1", "--key-id", theirs],
  ]);
});

function loadOf(peakPerSecond: number): Known<KmsLoad> {
  return present({ kind: "measured", peakPerSecond, quotaPerSecond: 10_000 });
}

const off = "the Bucket Key is off, so S3 asks KMS for each object";
const share =
  "80 % of the 10000 requests a second that KMS takes from all of the account in this Region";
const sound = `${keyArn} is enabled; KMS rotates it`;
const idle = `${off}, and no minute of the last day came to more than ${share}`;
const busy = `${off}, and in the last day some minute came to more than ${share}`;

test.each<{ name: string; load: Known<KmsLoad>; expected: Assessment }>([
  { name: "spared by the Bucket Key", load: absent, expected: compliant(sound) },
  { name: "idle", load: loadOf(0), expected: compliant(`${sound}; ${idle}`) },
  { name: "at four fifths", load: loadOf(8_000), expected: compliant(`${sound}; ${idle}`) },
  { name: "above four fifths", load: loadOf(8_001), expected: drift(busy) },
  { name: "at its end", load: loadOf(10_000), expected: drift(busy) },
  {
    name: "hidden",
    load: present({ kind: "hidden", why: "AccessDenied" }),
    expected: {
      kind: "undecided",
      why: `${off}, and how near that comes to the quota is not shown: AccessDenied`,
    },
  },
])("KMS is $name: $expected.kind", ({ load, expected }) => {
  expect(judge(kmsKeyHealth, readingsOf(encryptionKeyOf(), load))).toEqual(expected);
});

test("what is wrong with the key is told, whether the load is shown or not", () => {
  const key = encryptionKeyOf({}, { rotation: "off" });
  const hidden = present<KmsLoad>({ kind: "hidden", why: "AccessDenied" });
  const expected = drift(`KMS does not rotate the key ${keyArn}`, "enable-key-rotation");
  expect(judge(kmsKeyHealth, readingsOf(key, hidden))).toEqual(expected);
});

test.each<{ name: string; key: Known<EncryptionKey>; says: string }>([
  {
    name: "cannot be looked at",
    key: present({
      kind: "hidden",
      named: theirs,
      account: "444455556666",
      detail: "AccessDeniedException: no",
    }),
    says: `${theirs} cannot be looked at: AccessDeniedException: no`,
  },
  {
    name: "does not show its rotation",
    key: encryptionKeyOf({ arn: theirs }, { rotation: "hidden" }),
    says: `whether KMS rotates ${theirs} is not shown to this account`,
  },
  ...["Creating", "Updating"].map((state) => ({
    name: `is ${state}`,
    key: encryptionKeyOf({ state }, asIs),
    says: `KMS is at work on ${keyArn} (${state})`,
  })),
])("a key that $name is undecided", ({ key, says }) => {
  expect(judge(kmsKeyHealth, readingsOf(key), naming)).toEqual({ kind: "undecided", why: says });
});

test.each(unreadRows(kmsKeyHealth))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { ...readingsOf(encryptionKeyOf()), [facet]: unknown(reason) };
  expect(judge(kmsKeyHealth, readings)).toEqual(unread(facet, reason));
});
