import { expect, test } from "vitest";
import { findBadLicences, licenceOf } from "./licences.ts";

test.each([
  { licence: "MIT", shipped: true, built: true },
  { licence: "(MIT OR GPL-3.0)", shipped: true, built: true },
  { licence: "AGPL-3.0 OR MIT", shipped: true, built: false },
  { licence: "MIT AND GPL-3.0", shipped: false, built: true },
  { licence: "MPL-2.0", shipped: false, built: true },
  { licence: "AGPL-3.0-or-later", shipped: false, built: false },
  { licence: "BUSL-1.1", shipped: false, built: false },
  { licence: "SSPL-1.0", shipped: false, built: false },
  { licence: "SEE LICENSE IN licence.txt", shipped: false, built: true },
  { licence: undefined, shipped: false, built: true },
])("licences: $licence, may ship: $shipped, may build: $built", ({ licence, shipped, built }) => {
  const isFine = (dev: boolean) =>
    findBadLicences([{ path: "node_modules/a", dev, licence }]).length === 0;

  expect({ shipped: isFine(false), built: isFine(true) }).toEqual({ shipped, built });
});

test.each([
  { name: "the present form", manifest: { license: "ISC" }, licence: "ISC" },
  { name: "an object", manifest: { license: { type: "MIT", url: "" } }, licence: "MIT" },
  {
    name: "a list",
    manifest: { licenses: [{ type: "MIT" }, { type: "Apache-2.0" }] },
    licence: "MIT OR Apache-2.0",
  },
  { name: "nothing", manifest: { name: "a" }, licence: undefined },
  { name: "an empty list", manifest: { licenses: [] }, licence: undefined },
  { name: "no manifest at all", manifest: null, licence: undefined },
])("licences: reads $name", ({ manifest, licence }) => {
  expect(licenceOf(manifest)).toBe(licence);
});
