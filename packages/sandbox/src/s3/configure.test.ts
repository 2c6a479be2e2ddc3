import { expect, test } from "vitest";
import { createWorld } from "../world.ts";
import { configure } from "./configure.ts";

function worldWithBucket() {
  const world = createWorld({ account: "111122223333", region: "us-east-1", now: () => 7 });
  world.buckets.set("b", {
    name: "b",
    account: "111122223333",
    region: "us-east-1",
    createdAt: 0,
    objects: new Map(),
    configuration: { documents: {} },
    history: [],
  });
  return world;
}

test("policies are kept as text and other documents as elements, and both can be unset", () => {
  const world = worldWithBucket();
  configure(world, "b", "policy", "not even JSON");
  configure(
    world,
    "b",
    "versioning",
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
  );
  const set = world.buckets.get("b")?.configuration;
  configure(world, "b", "policy", undefined);
  configure(world, "b", "versioning", undefined);
  expect([set, world.buckets.get("b")?.configuration]).toEqual([
    { policy: "not even JSON", documents: { versioning: { Status: "Enabled" } } },
    { documents: {} },
  ]);
  expect(world.records).toEqual([]);
});

test("mistakes of the test itself are thrown", () => {
  const world = worldWithBucket();
  expect(() => configure(world, "c", "policy", "{}")).toThrow("the world has no bucket c");
  expect(() => configure(world, "b", "logging", "<A>")).toThrow("not one XML element: <A>");
});
