import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import { dayOne } from "./init.ts";
import { parseText } from "./source.ts";

const baseline = {
  "ssl-only": { mode: "remediate" },
  scopes: [
    { name: "prod", match: { tags: { env: "prod" } }, settings: { website: { mode: "off" } } },
  ],
  waivers: [
    {
      buckets: ["photos"],
      controls: ["ssl-only"],
      reason: "an old camera",
      approver: "jane",
      approved: "2026-11-01",
      expires: "2026-11-30",
    },
    { buckets: ["photos"], controls: ["cors"] },
    { buckets: ["logs"] },
  ],
};
const photos = { bucket: "photos", account: "111122223333", region: "eu-west-1" };

test("each setting is shown with the place that decided it", () => {
  const { scopes, settings } = explain(baseline, "b", { ...photos, tags: { env: "prod" } });
  expect(scopes).toEqual(["prod"]);
  expect(settings).toContainEqual({ name: "website.mode", value: "off", from: 'scope "prod"' });
  expect(settings).toContainEqual({
    name: "ssl-only.mode",
    value: "remediate",
    from: "everywhere",
  });
  expect(settings).toContainEqual({ name: "versioning.mode", value: "alert", from: "default" });
});

test("waivers of the bucket are shown, also those that cannot be used", () => {
  expect(explain(baseline, "b", { ...photos, tags: {} }).waivers).toEqual([
    "waiver for ssl-only by jane, 2026-11-01 to 2026-11-30: an old camera",
    "waivers.1 cannot be used and may mean this bucket: nothing is written there",
  ]);
});

test("nothing is guessed where a scope asks for what was not given", () => {
  expect(() => explain(baseline, "b", photos)).toThrow(
    'b, scope "prod": whether it matches depends on the tags of photos, which were not given. Add --tag key=value.',
  );
});

test("the units above the account are asked for only where a scope names some", () => {
  const unit = "ou-ab12-11111111";
  const scopes = [
    { name: "old", match: { organizationalUnits: [unit] }, settings: { cors: { mode: "off" } } },
  ];
  const of = (units: readonly string[]) => explain({ scopes }, "b", { ...photos, units }).scopes;
  expect([of([unit, "r-ab12"]), of(["r-ab12"])]).toEqual([["old"], []]);
  expect(() => explain({ scopes }, "b", photos)).toThrow(
    'b, scope "old": whether it matches depends on the organizational units above 111122223333, which were not given. Add --unit and all ids up to the root.',
  );
});

test("a first baseline alerts, and what is asked to repair has what it needs", () => {
  expect(modesOf(dayOne({}))).toEqual(["alert", "alert", "alert", "alert"]);
  expect(modesOf(dayOne({ mode: "remediate" }))).toEqual([
    "remediate",
    "remediate",
    "alert",
    "alert",
  ]);
  const key = "arn:aws:kms:{region}:{account}:alias/s3";
  expect(modesOf(dayOne({ mode: "remediate", key, logTarget: "logs-{account}-{region}" }))).toEqual(
    ["remediate", "remediate", "remediate", "remediate"],
  );
});

test.each([
  [{ mode: "fix" }, "--mode: Invalid option"],
  [{ key: "mine" }, "--key: is not the ARN of a KMS key or alias"],
  [{ logTarget: "s3://logs" }, "--log-target: is not the name of a bucket"],
])("the answers %j are refused by their flag", (answers, message) => {
  expect(() => dayOne(answers)).toThrow(message);
});

function modesOf(text: string): readonly unknown[] {
  const { settings } = explain(parseText("b.yaml", text).input, "b", { ...photos, tags: {} });
  const ids = ["public-access-block", "sse-c-blocked", "default-encryption", "access-logging"];
  return ids.map((id) => settings.find(({ name }) => name === `${id}.mode`)?.value);
}
