import { expect, test } from "vitest";
import type { UnknownReason } from "../model/reading.ts";
import { wasThrottled } from "./throttled.ts";

function unread(...reasons: readonly UnknownReason[]) {
  const facets = reasons.map((reason) => ({ facet: "policy", reason, detail: "" }) as const);
  const assessment = { kind: "unread", facets } as const;
  return { control: "ssl-only", mode: "alert", assessment } as const;
}

const fine = {
  control: "cors",
  mode: "alert",
  assessment: { kind: "compliant", evidence: "" },
} as const;

test.each([
  { name: "one facet of one control", findings: [fine, unread("denied", "throttled")], is: true },
  { name: "a denial", findings: [unread("denied", "failed")], is: false },
  { name: "nothing unread", findings: [fine], is: false },
])("whether AWS was asked too much: $name", ({ findings, is }) => {
  expect(wasThrottled({ findings })).toBe(is);
});
