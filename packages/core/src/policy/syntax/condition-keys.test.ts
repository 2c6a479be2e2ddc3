import { expect, test } from "vitest";
import { isPlausibleKey } from "./condition-keys.ts";

test.each([
  ["aws:SecureTransport", true],
  ["AWS:securetransport", true],
  ["s3:prefix", true],
  ["aws:PrincipalTag/team", true],
  ["kms:ViaService", true],
  ["aws:SecureTransprot", false],
  ["s3:prefixes", false],
  ["SecureTransport", false],
])("%s may stand in a request to S3: %s", (key, plausible) => {
  expect(isPlausibleKey(key)).toBe(plausible);
});
