import { expect, test } from "vitest";
import { parseBaseline } from "../../baseline/index.ts";
import { controls } from "../../controls/index.ts";
import { accessUnder, enabledUnder } from "./index.ts";

function access(baseline: object, options: { removesPolicies?: boolean } = {}) {
  return accessUnder(parseBaseline(baseline, "test"), controls, options);
}

const allOff = Object.fromEntries(controls.map(({ id }) => [id, { mode: "off" }]));
const scoped = (settings: object) => ({
  ...allOff,
  scopes: [{ name: "one", match: { accounts: ["111122223333"] }, settings }],
});

test.each([
  { name: "the default writes nothing", baseline: {}, writes: [] },
  { name: "alerts write nothing", baseline: { "ssl-only": { mode: "alert" } }, writes: [] },
  {
    name: "a repair writes what its control writes",
    baseline: { "ssl-only": { mode: "remediate" } },
    writes: ["policy"],
  },
  {
    name: "an approval writes in the end",
    baseline: { cors: { mode: "approve" } },
    writes: ["cors"],
  },
  {
    name: "a repair in one scope is enough",
    baseline: scoped({ versioning: { mode: "remediate" } }),
    writes: ["versioning"],
  },
  {
    name: "a repair that every scope takes back stays, since most buckets are in none",
    baseline: {
      "ssl-only": { mode: "remediate" },
      scopes: [
        {
          name: "one",
          match: { buckets: ["*"] },
          settings: { "ssl-only": { mode: "alert" } },
        },
      ],
    },
    writes: ["policy"],
  },
  {
    name: "what only reports writes nothing in any mode",
    baseline: { website: { mode: "remediate" } },
    writes: [],
  },
])("$name", ({ baseline, writes }) => {
  expect(access(baseline).writes).toEqual(writes);
});

test("what is off everywhere is not read, and what is off in most places is", () => {
  expect(access(allOff).reads).toEqual([]);
  expect(access(scoped({ versioning: { mode: "alert" } })).reads).toEqual(["versioning"]);
  const baseline = parseBaseline(scoped({ cors: { mode: "alert" } }), "test");
  expect(enabledUnder(baseline, controls).map(({ id }) => id)).toEqual(["cors"]);
});

test("what a control may write is read before, also where it only alerts", () => {
  const { reads } = access({ ...allOff, "ssl-only": { mode: "alert" } });
  expect(reads).toContain("policy");
});

test("scopes that ask for tags or units have them read", () => {
  const match = { tags: { class: "secret" }, organizationalUnits: ["ou-abcd-11111111"] };
  const scopes = [{ name: "one", match, settings: {} }];
  expect(access({ ...allOff, scopes }).reads).toEqual(["organizationalUnits", "tags"]);
});

test("only an undo that was asked for removes policies, and only where policies are written", () => {
  const repairing = { "ssl-only": { mode: "remediate" } };
  expect(access(repairing).removesPolicies).toBe(false);
  expect(access(repairing, { removesPolicies: true }).removesPolicies).toBe(true);
  expect(access({}, { removesPolicies: true }).removesPolicies).toBe(false);
});

test.each([
  { name: "nobody looks into a bucket that nobody named", baseline: {}, buckets: [], files: [] },
  {
    name: "the names of log files are listed in the bucket of the baseline",
    baseline: logging({ target: "logs-{account}-{region}" }),
    buckets: ["logs-{account}-{region}"],
    files: [],
  },
  {
    name: "a limit on their age has them listed wherever they are",
    baseline: logging({ maxLogAgeHours: 24 }),
    buckets: ["*"],
    files: [],
  },
  {
    name: "they are read where a baseline asks for that",
    baseline: { ...logging({ target: "logs" }), limits: { readAccessLogs: true } },
    buckets: ["logs"],
    files: ["logs"],
  },
  {
    name: "nothing is read where no bucket is named for logs",
    baseline: { limits: { readAccessLogs: true } },
    buckets: [],
    files: [],
  },
  {
    name: "a scope may have a bucket of its own",
    baseline: {
      ...logging({ target: "logs" }),
      limits: { readAccessLogs: true },
      scopes: [
        {
          name: "europe",
          match: { regions: ["eu-west-1"] },
          settings: logging({ target: "logs-of-europe" }),
        },
      ],
    },
    buckets: ["logs", "logs-of-europe"],
    files: ["logs", "logs-of-europe"],
  },
])("$name", ({ baseline, buckets, files }) => {
  const { logBuckets, readLogBuckets } = access(baseline);
  expect({ logBuckets, readLogBuckets }).toEqual({
    logBuckets: buckets,
    readLogBuckets: files,
  });
});

function logging(settings: object) {
  return { "access-logging": { mode: "alert", ...settings } };
}

test("accounts whose keys are fine are those of every scope", () => {
  const health = (account: string) => ({ "kms-key-health": { accounts: [account] } });
  const match = { regions: ["eu-west-1"] };
  const scopes = [{ name: "europe", match, settings: health("444455556666") }];
  expect(access({ ...health("222233334444"), scopes }).keyAccounts).toEqual([
    "222233334444",
    "444455556666",
  ]);
});
