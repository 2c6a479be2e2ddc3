import { expect, test } from "vitest";
import { defaultMode, settingsIn } from "./catalogue.ts";
import { controlIds } from "./layers.ts";
import { meanings } from "./meanings.ts";

test.each(controlIds)("the settings of %s are those that are explained", (id) => {
  const settings = settingsIn(id);
  expect(settings.map(({ name }) => name).sort()).toEqual(Object.keys(meanings[id]).sort());
  expect(settings.filter(({ meaning }) => meaning.length < 10)).toEqual([]);
});

test.each(controlIds)("the default mode of %s writes nothing", (id) => {
  expect(["alert", "off"]).toContain(defaultMode(id));
});

test("a setting says what may be given and what it is when it is left out", () => {
  const told = (["tls-minimum", "presigned-url-age", "default-encryption", "mfa-delete"] as const)
    .flatMap((id) => settingsIn(id))
    .map(({ name, values, default: otherwise }) => [name, values, otherwise]);
  expect(told).toEqual(
    expect.arrayContaining([
      ["minimum", "`1.2`, `1.3`", "1.2"],
      ["maxAgeSeconds", "a whole number from 1 to 604800", 86_400],
      ["key", "a text", undefined],
      ["bucketKey", "`true`, `false`", true],
      ["buckets", "a list of texts", []],
    ]),
  );
});

test("a setting of several parts names each of them", () => {
  expect(settingsIn("object-lock")[0]).toMatchObject({
    name: "minimum",
    values: "`mode` (`GOVERNANCE`, `COMPLIANCE`) and `days` (a whole number from 1 to 36500)",
    default: { mode: "GOVERNANCE", days: 1 },
  });
});
