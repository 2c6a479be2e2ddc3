import { expect, test } from "vitest";
import { parseBaseline } from "../../baseline/index.ts";
import { controls } from "../../controls/index.ts";
import { eventRules } from "../../event/index.ts";
import { accessUnder } from "../iam/index.ts";
import { memberParameters, memberRoles, memberTemplate } from "./index.ts";

const rules = eventRules(controls);

function templateFor(baseline: object, more: object = {}) {
  const access = accessUnder(parseBaseline(baseline, "test"), controls);
  return memberTemplate({ prefix: "bucket-warden", rules, access, organization: true, ...more });
}

const repairing = { "ssl-only": { mode: "remediate" } };

test("every rule stands in it with its own pattern, and leads to the hub", () => {
  const { Resources } = templateFor({});
  const own = Object.values(Resources).filter((it) => typeOf(it) === "AWS::Events::Rule");
  expect(own.map((it) => propertiesOf(it)["EventPattern"])).toEqual(
    rules.map(({ pattern }) => pattern),
  );
  for (const it of own) {
    expect(propertiesOf(it)["Targets"]).toEqual([
      {
        Id: "hub",
        Arn: { Ref: "HubBusArn" },
        RoleArn: { "Fn::GetAtt": ["ForwarderRole", "Arn"] },
      },
    ]);
  }
});

test("the rule that has to see a call that may count as reading sees those", () => {
  const states = Object.values(templateFor({}).Resources)
    .filter((it) => typeOf(it) === "AWS::Events::Rule")
    .map((it) => [propertiesOf(it)["Name"], propertiesOf(it)["State"]] as const);
  const special = states.filter(([, state]) => state !== "ENABLED");
  expect(special).toEqual([
    ["bucket-warden-tamper-sts", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
  ]);
});

test("functions that are not deployed are not trusted", () => {
  const trusted = (more: object) =>
    [
      ...JSON.stringify(templateFor(repairing, more)).matchAll(/role\/bucket-warden-([a-z-]+)"/g),
    ].map(([, name]) => name);
  expect(trusted({ functions: ["sweep", "remediate", "history"] })).toEqual(["sweep", "remediate"]);
  expect(trusted({})).toContain("slack-work");
});

test("what is global is made in the home Region only", () => {
  const { Resources } = templateFor(repairing, { sweepSchedule: "rate(6 hours)" });
  const once = Object.entries(Resources).filter(([, it]) => isIn(it, "IsHomeRegion"));
  expect(once.map(([name]) => name)).toEqual([
    "SweepRule",
    "ReadPolicy1",
    "WritePolicy1",
    "ReaderRole",
    "RemediationRole",
  ]);
});

test("the reader never gets what writes", () => {
  const { ReaderRole, RemediationRole } = templateFor(repairing).Resources;
  expect(propertiesOf(ReaderRole)["ManagedPolicyArns"]).toEqual([{ Ref: "ReadPolicy1" }]);
  expect(propertiesOf(RemediationRole)["ManagedPolicyArns"]).toEqual([
    { Ref: "ReadPolicy1" },
    { Ref: "WritePolicy1" },
  ]);
});

test("where nothing is repaired there is no policy that writes", () => {
  const text = JSON.stringify(templateFor({}));
  expect(text).not.toMatch(/"(s3|kms|iam|events):(Put(?!Events)|Delete|Create)/);
  expect(text).not.toContain("WritePolicy");
});

test("without an organization nobody asks for one", () => {
  const text = JSON.stringify(templateFor(repairing, { organization: false }));
  expect(text).not.toContain("OrgID");
  expect(text).not.toContain("OrganizationId");
});

test("it is the same twice, and small enough to be passed as text", () => {
  const text = JSON.stringify(templateFor(repairing));
  expect(JSON.stringify(templateFor(repairing))).toBe(text);
  expect(text.length).toBeLessThan(51_200);
});

test("the values of a deployment are its parameters", () => {
  const hub = {
    account: "999988887777",
    busArn: "arn:aws:events:eu-west-1:999988887777:event-bus/bucket-warden",
    homeRegion: "eu-west-1",
    externalId: "7f3c",
    organization: "o-exampleorgid",
  };
  const { Parameters } = templateFor(repairing);
  expect(Object.keys(memberParameters(hub)).sort()).toEqual(Object.keys(Parameters).sort());
  const { organization: _, ...alone } = hub;
  const single = templateFor(repairing, { organization: false });
  expect(Object.keys(memberParameters(alone)).sort()).toEqual(
    Object.keys(single.Parameters).sort(),
  );
  for (const [name, value] of Object.entries(memberParameters(hub))) {
    expect(value).toMatch(new RegExp(String(propertyOf(Parameters[name], "AllowedPattern"))));
  }
});

test("names are those that the functions are told", () => {
  const { reader, remediation } = memberRoles("bucket-warden");
  const { ReaderRole, RemediationRole } = templateFor(repairing).Resources;
  expect(propertiesOf(ReaderRole)["RoleName"]).toBe(reader);
  expect(propertiesOf(RemediationRole)["RoleName"]).toBe(remediation);
});

test.each([
  { prefix: "9-lives", problem: 'prefix: "9-lives" cannot begin the names of rules and roles' },
  { prefix: "w".repeat(37), problem: "cannot begin the names" },
  { sweepSchedule: "daily", problem: 'sweep: "daily" is not a schedule of EventBridge' },
])("what AWS would refuse is refused here: $problem", ({ problem, ...more }) => {
  expect(() => templateFor({}, more)).toThrow(problem);
});

function typeOf(resource: unknown): unknown {
  return propertyOf(resource, "Type");
}

function isIn(resource: unknown, condition: string): boolean {
  return propertyOf(resource, "Condition") === condition;
}

function propertiesOf(resource: unknown): Record<string, unknown> {
  return Object(propertyOf(resource, "Properties"));
}

function propertyOf(value: unknown, name: string): unknown {
  return Object(value)[name];
}
