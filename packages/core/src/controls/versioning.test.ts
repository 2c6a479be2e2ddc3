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
import type { Assessment } from "../model/verdict.ts";
import { versioning } from "./versioning.ts";

const intents = [{ document: "versioning", kind: "enable-versioning" }] as const;
const compliant: Assessment = { kind: "compliant", evidence: "versioning is enabled" };

function automatic(summary: string): Assessment {
  return { kind: "drift", summary, allowance: { mode: "automatic" }, intents };
}

function held(summary: string): Assessment {
  const why =
    "the bucket has MFA delete, so only the root user with an MFA code can change versioning";
  const allowance = { mode: "report-only", why, command: expect.any(String) } as const;
  return { kind: "drift", summary, allowance, intents };
}

test.each<Versioning & { readonly expected: Assessment }>([
  { status: "enabled", mfaDelete: "never-configured", expected: compliant },
  { status: "enabled", mfaDelete: "disabled", expected: compliant },
  { status: "enabled", mfaDelete: "enabled", expected: compliant },
  {
    status: "suspended",
    mfaDelete: "never-configured",
    expected: automatic("versioning is suspended"),
  },
  { status: "suspended", mfaDelete: "disabled", expected: automatic("versioning is suspended") },
  { status: "suspended", mfaDelete: "enabled", expected: held("versioning is suspended") },
  {
    status: "never-enabled",
    mfaDelete: "never-configured",
    expected: automatic("versioning was never enabled"),
  },
  {
    status: "never-enabled",
    mfaDelete: "disabled",
    expected: automatic("versioning was never enabled"),
  },
  { status: "never-enabled", mfaDelete: "enabled", expected: held("versioning was never enabled") },
])("$status with MFA delete $mfaDelete is $expected.kind", ({ expected, ...actual }) => {
  expect(judge(versioning, { versioning: present(actual) })).toEqual(expected);
});

test("a bucket without any versioning configuration was never enabled", () => {
  expect(judge(versioning, { versioning: absent })).toEqual(
    automatic("versioning was never enabled"),
  );
});

test.each(unreadRows(versioning))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(versioning, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});

test.each<{ before: "absent" | Versioning; after: Versioning }>([
  { before: "absent", after: { status: "enabled", mfaDelete: "never-configured" } },
  {
    before: { status: "suspended", mfaDelete: "never-configured" },
    after: { status: "enabled", mfaDelete: "never-configured" },
  },
  {
    before: { status: "suspended", mfaDelete: "disabled" },
    after: { status: "enabled", mfaDelete: "disabled" },
  },
])("$before is enabled once, and MFA delete stays as it is", ({ before, after }) => {
  const readings = { versioning: before === "absent" ? absent : present(before) };
  expect(repair(versioning, readings)).toEqual({
    written: [{ document: "versioning", after }],
    held: [],
    later: compliant,
    writtenAgain: [],
  });
});

const locked = { versioning: present({ status: "suspended", mfaDelete: "enabled" } as const) };

test.each([false, true])("under MFA delete nothing is written (asked for: %s)", (asked) => {
  expect(repair(versioning, locked, { asked })).toMatchObject({
    written: [],
    held: [{ control: "versioning", kind: "flagged" }],
    writtenAgain: [],
  });
});

test("the command is one that a shell takes as it is, and it names the bucket", () => {
  const command = commandIn(judge(versioning, locked, { on: bucket("my.ledger") }));
  expect(argumentsOf(command)).toEqual([
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
