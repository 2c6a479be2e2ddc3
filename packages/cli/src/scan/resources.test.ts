import {
  parseAccountId,
  parseBucketName,
  parseRegion,
  type ResourceKind,
  resourceName,
} from "@bucket-warden/core/model";
import { expect, test } from "vitest";
import { resourcesOf } from "./resources.ts";

const account = parseAccountId("111122223333", "test");
const [home, away] = ["eu-west-1", "us-east-1"].map((code) => parseRegion(code, "test"));
if (home === undefined || away === undefined) throw new Error("two Regions");

const buckets = [
  { name: "prod-a", region: home },
  { name: "test-a", region: home },
  { name: "prod-b", region: away },
].map(({ name, region }) => ({
  ...({ kind: "bucket", account, region } as const),
  name: parseBucketName(name, "test"),
}));

const directory = {
  bucketsOf: async function* () {
    yield* buckets;
  },
};
const noDirectory = {
  bucketsOf: () => {
    throw new Error("nobody asked for buckets");
  },
};
const every: readonly ResourceKind[] = ["bucket", "account", "region"];
const own = `account ${account}`;
const [here, there] = [home, away].map((region) => `${own} in ${region}`);

test.each([
  {
    name: "everything, and the Regions in which there are buckets",
    asked: {},
    found: ["prod-a", "test-a", "prod-b", own, here, there],
  },
  { name: "one Region", asked: { regions: [away] }, found: ["prod-b", own, there] },
  {
    name: "buckets by their names, and then nothing beside them",
    asked: { patterns: ["prod-*", "test-?"] },
    found: ["prod-a", "test-a", "prod-b"],
  },
  {
    name: "a name in one Region",
    asked: { patterns: ["prod-*"], regions: [home] },
    found: ["prod-a"],
  },
  {
    name: "Regions alone, which only buckets tell",
    asked: { kinds: new Set(["region" as const]) },
    found: [here, there],
  },
])("$name", async ({ asked, found }) => {
  const wanted = { kinds: new Set(every), regions: [], patterns: [], home, ...asked };
  const refs = await Array.fromAsync(resourcesOf(account, directory, wanted));
  expect(refs.map(resourceName)).toEqual(found);
});

test("buckets are not listed where no control is about them", async () => {
  const wanted = { kinds: new Set(["account" as const]), regions: [], patterns: [], home };
  const refs = await Array.fromAsync(resourcesOf(account, noDirectory, wanted));
  expect(refs.map(resourceName)).toEqual([own]);
});

test("an account that cannot be listed says so in the words of AWS", async () => {
  const error = Object.assign(new Error("not for you"), { name: "AccessDenied" });
  const denied = {
    bucketsOf: async function* () {
      yield* await Promise.reject<typeof buckets>(error);
    },
  };
  const wanted = { kinds: new Set(every), regions: [], patterns: [], home };
  await expect(Array.fromAsync(resourcesOf(account, denied, wanted))).rejects.toThrow(
    "the buckets of 111122223333 cannot be listed (AccessDenied: not for you)",
  );
});
