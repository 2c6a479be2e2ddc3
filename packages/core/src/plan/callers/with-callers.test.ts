import { expect, test } from "vitest";
import { parseBaseline, settingsFor } from "../../baseline/index.ts";
import type { Held, Plan, WriteStep } from "../../model/plan.ts";
import { absent } from "../../model/reading.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../../model/ref.ts";
import { type Look, withCallers } from "./with-callers.ts";

const on = {
  kind: "bucket",
  name: parseBucketName("photos", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
} as const;
const settings = settingsFor(parseBaseline({ "tls-minimum": { minimum: "1.3" } }, "test"), on);
const waiting = (control: string): Held => ({
  control,
  kind: "approval",
  why: "it may break clients",
  next: "approve it",
  impact: ["what is known"],
});
const step = (...controls: readonly string[]): WriteStep => ({
  document: "policy",
  on,
  controls,
  before: absent,
  after: { text: "{}" },
});
const planOf = (plan: Partial<Plan>): Plan => ({ on, basedOn: {}, steps: [], held: [], ...plan });

/** Looks, and says how often the logs were asked for. */
async function look(plan: Plan, told: Look["told"]) {
  let asked = 0;
  const logs = async () => {
    asked += 1;
    return { kind: "unread", why: "nobody may" } as const;
  };
  return { plan: await withCallers(plan, { settings, told, logs }), asked };
}

const plainHttp = "callers over plain HTTP whom nobody can name: nobody may";
const olderTls = "callers with TLS before 1.3 whom nobody can name: nobody may";

test("what waits for approval gets the callers behind what is known, and the logs are read once", async () => {
  const held = ["ssl-only", "tls-minimum", "versioning"].map(waiting);
  const { plan, asked } = await look(planOf({ held }), new Set(["ssl-only", "tls-minimum"]));
  expect(plan.held.map(({ impact }) => impact)).toEqual([
    ["what is known", plainHttp],
    ["what is known", olderTls],
    ["what is known"],
  ]);
  expect(asked).toBe(1);
});

test.each<{ name: string; plan: Plan; told: Look["told"] }>([
  {
    name: "people know of it",
    plan: planOf({ held: [waiting("ssl-only")] }),
    told: new Set(["versioning"]),
  },
  {
    name: "it denies no way to call",
    plan: planOf({ held: [waiting("versioning")], steps: [step("kms-enforcement")] }),
    told: "all",
  },
  {
    name: "nobody is asked",
    plan: planOf({ held: [{ ...waiting("ssl-only"), kind: "flagged" }] }),
    told: "all",
  },
  {
    name: "it is written, not shown",
    plan: planOf({ steps: [step("ssl-only")] }),
    told: new Set(["ssl-only"]),
  },
  {
    name: "it is about an account",
    plan: planOf({ on: { ...on, kind: "account" }, steps: [step("ssl-only")] }),
    told: "all",
  },
])("no log is read for a plan where $name", async ({ plan, told }) => {
  expect(await look(plan, told)).toEqual({ plan, asked: 0 });
});

test("a plan that somebody looks at tells it of its steps, each way to call once", async () => {
  const steps = [step("ssl-only", "tls-minimum"), step("ssl-only")];
  const { plan } = await look(planOf({ steps, impact: ["what is known"] }), "all");
  expect(plan).toEqual(planOf({ steps, impact: ["what is known", plainHttp, olderTls] }));
  expect((await look(planOf({ steps }), "all")).plan.impact).toEqual([plainHttp, olderTls]);
});
