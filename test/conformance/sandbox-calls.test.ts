import { readFileSync } from "node:fs";
import { allCalls } from "@bucket-warden/core/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AbsentKind, meaningOf } from "../../packages/core/src/aws/errors.ts";
import { defaults, errorNames, neverAsked } from "./calls/facts.ts";
import { rows } from "./calls/index.ts";
import { isEqual } from "./calls/judgement.ts";
import { type Observation, play } from "./calls/play.ts";
import { startSandboxWorld, type World } from "./calls/worlds.ts";

let world: World | undefined;
const observations: Observation[] = [];

beforeAll(async () => {
  world = await startSandboxWorld();
  for (const row of rows) observations.push(...(await play(row, world)));
});
afterAll(() => world?.stop());

test.each(rows.map(({ about }) => about))("the sandbox answers as AWS does: %s", (about) => {
  const own = observations.filter(({ name }) => name.startsWith(`${about}: `));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((observation) => !isEqual(observation))).toEqual([]);
});

test("every call of the product is asked, and seen to answer in more than one way", () => {
  const answers = new Map<string, Set<string>>();
  for (const { call, expected } of observations) {
    answers.set(call, (answers.get(call) ?? new Set()).add(JSON.stringify(expected)));
  }
  const calls = new Set(allCalls.map(({ service, operation }) => `${service} ${operation}`));
  expect([...calls].filter((call) => (answers.get(call)?.size ?? 0) < 2)).toEqual([]);
});

const facts = [...defaults, ...errorNames];

test.each(facts)("$what: there is a question about it ($asked)", ({ what, asked }) => {
  if (asked.endsWith(".test.ts")) {
    const test = readFileSync(new URL(asked, import.meta.url), "utf8");
    expect(test).toContain(`"${what}"`);
    return;
  }
  const observation = observations.find(({ name }) => name === asked);
  expect(observation?.expected.kind).toBeDefined();
  if (observation?.expected.kind === "refused") expect(observation.expected.name).toBe(what);
});

test("every name that means there is none has such a question, or a reason why not", () => {
  const asked = new Set([...errorNames.map(({ what }) => what), ...Object.keys(neverAsked)]);
  const absences: readonly (readonly [AbsentKind, string])[] = [
    ["policy", "NoSuchBucketPolicy"],
    ["encryption", "ServerSideEncryptionConfigurationNotFoundError"],
    ["objectLock", "ObjectLockConfigurationNotFoundError"],
    ["publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"],
    ["cors", "NoSuchCORSConfiguration"],
    ["ownership", "OwnershipControlsNotFoundError"],
    ["website", "NoSuchWebsiteConfiguration"],
    ["tags", "NoSuchTagSet"],
    ["lifecycle", "NoSuchLifecycleConfiguration"],
    ["accessPoint", "NoSuchAccessPoint"],
    ["accessPointPolicy", "NoSuchAccessPointPolicy"],
    ["multiRegionPolicy", "NoSuchMultiRegionAccessPointPolicy"],
    ["vaults", "NoLongerSupportedException"],
    ["vaultPolicy", "ResourceNotFoundException"],
  ];
  for (const [kind, name] of absences) {
    const error = Object.assign(new Error(), { name });
    expect(meaningOf(error, kind)).toEqual({ kind: "absent" });
    expect(asked, name).toContain(name);
  }
});

test("no two questions have one name", () => {
  const names = observations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
