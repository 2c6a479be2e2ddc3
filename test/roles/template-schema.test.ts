import type { MemberTemplate } from "@bucket-warden/core/member";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { describe, expect, test } from "vitest";
import { templateFor } from "./organization.ts";
import { problemsIn } from "./template-schema.ts";

const template = templateFor(sandboxBaseline);

test.each([
  { name: "that repairs", made: template },
  { name: "that alerts", made: templateFor({}) },
  { name: "of one account", made: templateFor(sandboxBaseline, { isInOrganization: false }) },
  { name: "that removes policies", made: templateFor(sandboxBaseline, { removesPolicies: true }) },
])("CloudFormation takes a template $name", ({ made }) => {
  expect(problemsIn(made)).toEqual([]);
});

describe("what it would refuse is found", () => {
  test.each([
    {
      mistake: "a word that is none of a few",
      change: (text: string) => text.replace('"State":"ENABLED"', '"State":"ON"'),
      problem: /BucketsRule.State: ON is none of DISABLED, ENABLED, ENABLED_WITH/,
    },
    {
      mistake: "a property that is not there",
      change: (text: string) => text.replace('"RoleName"', '"RoleTitle"'),
      problem: /ForwarderRole.RoleTitle: nobody knows it/,
    },
    {
      mistake: "a property that is missing",
      change: (text: string) => text.replace('"PolicyDocument":{"Version"', '"Path":{"Version"'),
      problem: /Policies.0.PolicyDocument: it is missing/,
    },
    {
      mistake: "one thing in place of a list",
      change: (text: string) => text.replace(/"Targets":\[(\{.*?\}\})\]/, '"Targets":$1'),
      problem: /BucketsRule.Targets: it is no list/,
    },
    {
      mistake: "a parameter that nobody gives",
      change: (text: string) => text.replaceAll("${HubAccountId}", "${Hub}"),
      problem: /ReaderRole: there is no Hub$/,
    },
    {
      mistake: "an attribute that the resource does not have",
      change: (text: string) =>
        text.replace(
          '"Fn::GetAtt":["ForwarderRole","Arn"]',
          '"Fn::GetAtt":["ForwarderRole","Name"]',
        ),
      problem: /BucketsRule: ForwarderRole has no Name/,
    },
    {
      mistake: "a use of what another Region has",
      change: (text: string) =>
        text.replace('"Fn::GetAtt":["ForwarderRole","Arn"]', '"Fn::GetAtt":["ReaderRole","Arn"]'),
      problem: /BucketsRule: ReaderRole is there only where IsHomeRegion/,
    },
  ])("$mistake", ({ change, problem }) => {
    const text = JSON.stringify(template);
    const changed = change(text);
    expect(changed).not.toBe(text);
    const broken: MemberTemplate = JSON.parse(changed);
    expect(problemsIn(broken)).toContainEqual(expect.stringMatching(problem));
  });
});
