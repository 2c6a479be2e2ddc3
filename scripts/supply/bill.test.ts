import { expect, test } from "vitest";
import { readBill } from "./bill.ts";

const sealed = {
  type: "library",
  name: "zod",
  version: "4.6.7",
  purl: "pkg:npm/zod@4.6.7",
  hashes: [{ alg: "SHA-512", content: "aa" }],
};
const bill = (...components: object[]) =>
  JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    serialNumber: "urn:uuid:1",
    components,
    dependencies: [{ ref: "a" }],
  });
const ours = (purl: string) => purl.startsWith("pkg:npm/%40bucket-warden/");

test("a bill is counted, and what has no digest is named unless it is ours", () => {
  const open = { ...sealed, name: "open", purl: "pkg:npm/open@1.0.0", hashes: [] };
  const own = { ...open, name: "@bucket-warden/core", purl: "pkg:npm/%40bucket-warden/core@0.1.0" };
  expect(readBill(bill(sealed, open, own), ours)).toEqual({
    components: 3,
    unsealed: ["pkg:npm/open@1.0.0"],
  });
});

test.each([
  { name: "no bill", text: "{}" },
  { name: "a bill of nothing", text: bill() },
  { name: "a component without a version", text: bill({ ...sealed, version: "" }) },
  { name: "one component twice", text: bill(sealed, sealed) },
])("$name is refused", ({ text }) => {
  expect(() => readBill(text, ours)).toThrow();
});
