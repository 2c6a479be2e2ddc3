import { expect, test } from "vitest";
import {
  bareId,
  compliant,
  drift,
  dsse,
  keyless,
  kms,
  noBucketKey,
  off,
  otherArn,
  readingsOf,
} from "../../../../test/controls/encryption.ts";
import {
  aliasArn,
  encryptionOf,
  judge,
  keyArn,
  type Situation,
} from "../../../../test/controls/readings.ts";
import type { Encryption } from "../model/facets.ts";
import { absent, type Known } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { defaultEncryption } from "./default-encryption.ts";

interface Row {
  readonly name: string;
  readonly encryption: Known<Encryption>;
  readonly situation?: Situation;
  readonly expected: Assessment;
}

// Who uploads resolves it, in the own account.
const perAccount = "which is another key for each account that uploads";

const underKey: readonly Row[] = [
  {
    name: "the key of the baseline",
    encryption: kms(keyArn),
    expected: compliant(`aws:kms with ${keyArn}`),
  },
  {
    name: "the same key by its bare id",
    encryption: kms(bareId),
    expected: compliant(`aws:kms with ${bareId}`),
  },
  {
    name: "DSSE, which has no Bucket Key",
    encryption: dsse(keyArn),
    expected: compliant(`aws:kms:dsse with ${keyArn}`),
  },
  {
    name: "SSE-S3",
    encryption: encryptionOf("AES256"),
    expected: drift("default encryption is AES256, not SSE-KMS"),
  },
  {
    name: "nothing, as an old endpoint says of SSE-S3",
    encryption: absent,
    expected: drift("default encryption is AES256, not SSE-KMS"),
  },
  {
    name: "another key",
    encryption: kms(otherArn),
    expected: drift(`default encryption uses ${otherArn}, not ${keyArn}`),
  },
  {
    name: "the bare id of another key",
    encryption: kms(bareId.replace(/1$/, "2")),
    expected: drift(`default encryption uses ${bareId.replace(/1$/, "2")}, not ${keyArn}`),
  },
  {
    name: "a part of the id of the key",
    encryption: kms("4000-8000-000000000001"),
    expected: drift(`default encryption uses 4000-8000-000000000001, not ${keyArn}`),
  },
  {
    name: "the key of the same id in another account",
    encryption: kms(keyArn.replace("111122223333", "444455556666")),
    expected: drift(
      `default encryption uses ${keyArn.replace("111122223333", "444455556666")}, not ${keyArn}`,
    ),
  },
  {
    name: "no key, which means aws/s3",
    encryption: encryptionOf("aws:kms"),
    expected: drift(`default encryption uses the AWS managed key aws/s3, not ${keyArn}`),
  },
  {
    name: "an alias",
    encryption: kms("alias/s3"),
    expected: drift(`default encryption uses alias/s3, ${perAccount}, not ${keyArn}`),
  },
  {
    name: "the alias of the baseline",
    encryption: kms(aliasArn),
    expected: drift(`default encryption uses ${aliasArn}, ${perAccount}, not ${keyArn}`),
  },
  { name: "no Bucket Key", encryption: kms(keyArn, false), expected: drift(off) },
  {
    name: "no Bucket Key where the baseline needs none",
    encryption: kms(keyArn, false),
    situation: { baseline: noBucketKey },
    expected: compliant(`aws:kms with ${keyArn}`),
  },
  {
    name: "another key without Bucket Key where the baseline needs none",
    encryption: kms(otherArn, false),
    situation: { baseline: noBucketKey },
    expected: drift(`default encryption uses ${otherArn}, not ${keyArn}`, {
      bucketKeyEnabled: false,
    }),
  },
  {
    name: "another key with Bucket Key where the baseline needs none",
    encryption: kms(otherArn),
    situation: { baseline: noBucketKey },
    expected: drift(`default encryption uses ${otherArn}, not ${keyArn}`),
  },
  {
    name: "DSSE with another key, which stays DSSE",
    encryption: dsse(otherArn),
    expected: drift(`default encryption uses ${otherArn}, not ${keyArn}`, {
      algorithm: "aws:kms:dsse",
      bucketKeyEnabled: false,
    }),
  },
];

test.each(underKey)("$name is $expected.kind", ({ encryption, situation, expected }) => {
  expect(judge(defaultEncryption, readingsOf(encryption), situation)).toEqual(expected);
});

const noKey = { mode: "report-only", why: "the baseline names no key to encrypt with" } as const;

test.each<Row>([
  {
    name: "aws/s3",
    encryption: encryptionOf("aws:kms"),
    expected: compliant("aws:kms with aws/s3"),
  },
  { name: "some key", encryption: kms(otherArn), expected: compliant(`aws:kms with ${otherArn}`) },
  {
    name: "an alias",
    encryption: kms("alias/x"),
    expected: compliant("aws:kms with alias/x"),
  },
  {
    name: "SSE-S3",
    encryption: encryptionOf("AES256"),
    expected: {
      kind: "drift",
      summary: "default encryption is AES256, not SSE-KMS",
      allowance: noKey,
      intents: [],
    },
  },
  {
    name: "some key without Bucket Key",
    encryption: kms(otherArn, false),
    expected: { kind: "drift", summary: off, allowance: noKey, intents: [] },
  },
])("where the baseline names no key $name is $expected.kind", ({ encryption, expected }) => {
  expect(judge(defaultEncryption, readingsOf(encryption, absent), keyless)).toEqual(expected);
});
