import { expect, test } from "vitest";
import { findLoosePins, parseManifest } from "./pins.ts";

test.each([
  { name: "one version is a pin", range: "4.6.7", rules: [] },
  { name: "a release candidate is a pin", range: "5.0.0-rc.1", rules: [] },
  { name: "a caret is a range", range: "^4.6.7", rules: ["exact-version"] },
  { name: "a tilde is a range", range: "~4.6.7", rules: ["exact-version"] },
  { name: "a tag moves", range: "latest", rules: ["exact-version"] },
  { name: "a star is anything", range: "*", rules: ["exact-version"] },
  { name: "half a version is a range", range: "4.6", rules: ["exact-version"] },
  { name: "an alias hides the package", range: "npm:zod@4.6.7", rules: ["exact-version"] },
  { name: "a path is not a version", range: "file:../zod", rules: ["exact-version"] },
])("pins: $name", ({ range, rules }) => {
  const found = findLoosePins([{ path: "package.json", dependencies: { zod: range } }]);

  expect(found.map(({ rule }) => rule)).toEqual(rules);
});

test("pins: a package of the forbidden list is named with the reason", () => {
  expect(findLoosePins([{ path: "p/package.json", dependencies: { emulate: "1.0.2" } }])).toEqual([
    {
      rule: "forbidden-package",
      at: "p/package.json",
      message: "emulate: the tag `latest` is an unrelated package",
    },
  ]);
});

test("pins: a name that every object knows is not forbidden", () => {
  expect(findLoosePins([{ path: "a", dependencies: { constructor: "1.0.0" } }])).toEqual([]);
});

test("pins: every section of a package.json is read", () => {
  const text = JSON.stringify({
    version: "1.0.0",
    dependencies: { a: "1.0.0" },
    devDependencies: { b: "2.0.0" },
    optionalDependencies: { c: "3.0.0" },
    peerDependencies: { d: "4.0.0" },
    engines: { node: ">=22" },
  });

  expect(parseManifest("package.json", text)).toEqual({
    path: "package.json",
    dependencies: { a: "1.0.0", b: "2.0.0", c: "3.0.0", d: "4.0.0" },
  });
});
