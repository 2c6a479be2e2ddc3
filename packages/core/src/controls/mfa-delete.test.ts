import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import {
  bucket,
  judge,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Versioning } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { mfaDelete } from "./mfa-delete.ts";

const asking = { baseline: { "mfa-delete": { buckets: ["invoices"] } } };
const rules = present({ rules: 2 });

function versioned(mfa: Versioning["mfaDelete"], status: Versioning["status"] = "enabled") {
  return { versioning: present({ status, mfaDelete: mfa }), lifecycle: absent };
}

const rootOnly =
  "only the root user of the account can switch it on, over HTTPS with an MFA code; where root credentials were removed centrally, Object Lock in GOVERNANCE mode is the alternative";
const conflict =
  "the bucket has lifecycle rules, and S3 does not allow them together with MFA delete: remove the rules first, or protect the versions with Object Lock instead";
const command =
  "aws s3api put-bucket-versioning --bucket invoices --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa 'arn:aws:iam::111122223333:mfa/root-account-mfa-device <code>'";
const byRoot: Allowance = { mode: "report-only", why: rootOnly, command };
// S3 would refuse the command as long as the rules are there.
const rulesFirst: Allowance = { mode: "report-only", why: conflict };

function drift(seen: string, allowance: Allowance = byRoot): Assessment {
  const summary = `${seen}: whoever may delete versions can do so without the root user's MFA device`;
  return { kind: "drift", summary, allowance, intents: [] };
}

test.each(["enabled", "suspended"] as const)(
  "MFA delete on a bucket with versioning %s is compliant",
  (status) => {
    expect(judge(mfaDelete, versioned("enabled", status), asking)).toEqual({
      kind: "compliant",
      evidence: "MFA delete is enabled",
    });
  },
);

test.each<{ name: string; readings: object; expected: Assessment }>([
  {
    name: "was switched off",
    readings: versioned("disabled"),
    expected: drift("MFA delete was switched off"),
  },
  {
    name: "was switched off together with versioning",
    readings: versioned("disabled", "suspended"),
    expected: drift("MFA delete was switched off"),
  },
  {
    name: "was never configured",
    readings: versioned("never-configured"),
    expected: drift("MFA delete was never on"),
  },
  {
    name: "cannot have been on, for versioning never was",
    readings: { versioning: absent, lifecycle: absent },
    expected: drift("MFA delete was never on"),
  },
  {
    name: "excludes the lifecycle rules that are there",
    readings: { ...versioned("never-configured"), lifecycle: rules },
    expected: drift("MFA delete was never on", rulesFirst),
  },
])("a person is told that MFA delete $name", ({ readings, expected }) => {
  expect(judge(mfaDelete, readings, asking)).toEqual(expected);
});

test.each<{ patterns: readonly string[]; applies: boolean }>([
  { patterns: [], applies: false },
  { patterns: ["invoice"], applies: false },
  { patterns: ["INVOICES"], applies: false },
  { patterns: ["invoices?"], applies: false },
  { patterns: ["?invoices", "ledger"], applies: false },
  { patterns: ["ledger", "invoices"], applies: true },
  { patterns: ["inv*"], applies: true },
  { patterns: ["*voice?"], applies: true },
  { patterns: ["*"], applies: true },
])("the patterns $patterns ask for it: $applies", ({ patterns, applies }) => {
  const baseline = { "mfa-delete": { buckets: patterns } };
  const assessment = judge(mfaDelete, versioned("never-configured"), { baseline });
  const silent = { kind: "not-applicable", why: "the baseline does not ask for MFA delete here" };
  expect(assessment).toEqual(applies ? drift("MFA delete was never on") : silent);
});

test.each([false, true])("no machine switches it on (asked for: %s)", (asked) => {
  const readings = versioned("disabled");
  expect(repair(mfaDelete, readings, { ...asking, asked })).toEqual({
    written: [],
    held: [{ control: "mfa-delete", kind: "flagged", why: rootOnly, next: command }],
    later: drift("MFA delete was switched off"),
    writtenAgain: [],
  });
});

const everywhere = { baseline: { "mfa-delete": { buckets: ["*"] } } };

test("the command is one that a shell takes as it is, and it names the bucket", () => {
  const text = commandIn(
    judge(mfaDelete, versioned("disabled"), { ...everywhere, on: bucket("my.ledger") }),
  );
  expect(argumentsOf(text)).toEqual([
    "aws",
    "s3api",
    "put-bucket-versioning",
    "--bucket",
    "my.ledger",
    "--versioning-configuration",
    "Status=Enabled,MFADelete=Enabled",
    "--mfa",
    "arn:aws:iam::111122223333:mfa/root-account-mfa-device <code>",
  ]);
});

test.each([
  { region: "us-gov-west-1", partition: "aws-us-gov" },
  { region: "cn-north-1", partition: "aws-cn" },
])("in $region the device is one of $partition", ({ region, partition }) => {
  const on = bucket("invoices", region);
  const assessment = judge(mfaDelete, versioned("disabled"), { ...everywhere, on });
  expect(commandIn(assessment)).toBe(command.replace("arn:aws:", `arn:${partition}:`));
});

test.each(unreadRows(mfaDelete))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  const readings = { ...versioned("enabled"), [facet]: unknown(reason) };
  expect(judge(mfaDelete, readings, asking)).toEqual(unread(facet, reason));
});

test.each(unreadRows(mfaDelete))("$facet unread ($reason) is nothing where nobody asks", (row) => {
  const readings = { [row.facet]: unknown(row.reason) };
  expect(judge(mfaDelete, readings)).toEqual({
    kind: "not-applicable",
    why: "the baseline does not ask for MFA delete here",
  });
});
