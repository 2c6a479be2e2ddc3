import { expect, test } from "vitest";
import { allowedScripts, findInstallScripts } from "./install-scripts.ts";
import { parseLockfile } from "./lockfile.ts";

const locked = parseLockfile(
  JSON.stringify({
    packages: {
      "node_modules/quiet": {},
      "node_modules/esbuild": { hasInstallScript: true },
      "node_modules/a/node_modules/@x/b": { hasInstallScript: true },
    },
  }),
);

test("what is named under allowScripts may run, and nothing else", () => {
  const allowed = allowedScripts('{"allowScripts": {"esbuild": true, "@x/b": false}}');
  expect(allowed).toEqual(["esbuild"]);
  expect(findInstallScripts(locked, allowed).map(({ message }) => message)).toEqual([
    "node_modules/a/node_modules/@x/b runs a program when it is installed; allowScripts does not name it",
  ]);
});

test("an allowance that nothing needs is found", () => {
  const found = findInstallScripts(locked, ["esbuild", "@x/b", "quiet", "gone"]);
  expect(found.map(({ message }) => message)).toEqual([
    "allowScripts names quiet, which runs nothing",
    "allowScripts names gone, which runs nothing",
  ]);
});

test.each(["{}", "[]", "null", '{"allowScripts": true}', '{"allowScripts": null}'])(
  "%s allows nothing",
  (manifest) => {
    expect(allowedScripts(manifest)).toEqual([]);
  },
);
