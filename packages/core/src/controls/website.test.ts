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
import { absent, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { website } from "./website.ts";

const pages = present({ IndexDocument: { Suffix: "index.html" } });
const redirect = present({ RedirectAllRequestsTo: { HostName: "acme.example" } });

function drift(what: string): Assessment {
  return {
    kind: "drift",
    summary: `the bucket ${what} at a website endpoint, which speaks plain HTTP only`,
    allowance: {
      mode: "report-only",
      why: expect.stringContaining("CloudFront with origin access control"),
      command: expect.any(String),
    },
    intents: [],
  };
}

test.each([
  {
    name: "no website",
    readings: { website: absent },
    expected: { kind: "compliant", evidence: "the bucket is no website endpoint" },
  },
  { name: "pages", readings: { website: pages }, expected: drift("serves a website") },
  { name: "a redirect", readings: { website: redirect }, expected: drift("redirects") },
  {
    name: "a configuration that says nothing we know",
    readings: { website: present({}) },
    expected: drift("serves a website"),
  },
] as const)("$name is $expected.kind", ({ readings, expected }) => {
  expect(judge(website, readings)).toEqual(expected);
});

test.each([
  { allowed: [], kind: "drift" },
  { allowed: ["*-site"], kind: "drift" },
  { allowed: ["*-site", "invoices"], kind: "not-applicable" },
])("pages of invoices where $allowed may have some are $kind", ({ allowed, kind }) => {
  const baseline = { website: { allowed } };
  expect(judge(website, { website: pages }, { baseline }).kind).toBe(kind);
});

test("the command is one that a shell takes as it is, and it names the bucket", () => {
  const assessment = judge(website, { website: pages }, { on: bucket("my.site") });
  expect(argumentsOf(commandIn(assessment))).toEqual([
    "aws",
    "s3api",
    "delete-bucket-website",
    "--bucket",
    "my.site",
    "--expected-bucket-owner",
    "111122223333",
  ]);
});

test.each([false, true])("no machine takes it off the net (asked for: %s)", (asked) => {
  expect(repair(website, { website: pages }, { asked })).toMatchObject({
    written: [],
    held: [{ control: "website", kind: "flagged" }],
    writtenAgain: [],
  });
});

test.each(unreadRows(website))("unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(website, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
