import { expect, test } from "vitest";
import type { Finding } from "../model/finding.ts";
import type { Held } from "../model/plan.ts";
import { parseAccountId, parseBucketName, parseRegion, type ResourceRef } from "../model/ref.ts";
import type { Allowance } from "../model/verdict.ts";
import { actionsAfter } from "./actions.ts";

const account = parseAccountId("111122223333", "test");
const region = parseRegion("eu-west-1", "test");
const bucket = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account,
  region,
} as const;
const about = { account: "111122223333", bucket: "invoices" };
const entry = "t-1";

const history = {
  kind: "history",
  entry,
  request: { function: "history", payload: about },
};
const waive = {
  kind: "waive",
  control: "versioning",
  days: 7,
  request: {
    function: "invoke",
    payload: { waive: "versioning", ...about, days: 7, mode: "apply" },
  },
};
const repair = {
  kind: "repair",
  control: "versioning",
  request: { function: "invoke", payload: { ...about, controls: ["versioning"], mode: "apply" } },
};

function drifted(
  allowance: Allowance,
  intents: readonly object[] = [{ kind: "enable-versioning" }],
) {
  const assessment = { kind: "drift", summary: "it is off", allowance, intents };
  return { control: "versioning", mode: "alert", assessment } as Finding;
}

const automatic: Allowance = { mode: "automatic" };
const held: Held = { control: "versioning", kind: "flagged", why: "", next: "" };

test.each<{
  name: string;
  on?: ResourceRef;
  finding?: Finding;
  held?: Held;
  isRepair?: true;
  actions: readonly object[];
}>([
  {
    name: "a repair can be taken back",
    finding: {
      control: "versioning",
      mode: "remediate",
      assessment: { kind: "compliant", evidence: "" },
    },
    isRepair: true,
    actions: [
      {
        kind: "undo",
        entry,
        request: { function: "invoke", payload: { undo: entry, mode: "apply" } },
      },
      history,
    ],
  },
  {
    name: "what waits for approval is approved by the name of its plan, and by nothing else",
    finding: drifted({ mode: "approval", why: "it costs" }),
    held: { ...held, kind: "approval", approval: "versioning/2026-11-24T00:00:00Z/abc" },
    actions: [
      {
        kind: "approve",
        control: "versioning",
        approval: "versioning/2026-11-24T00:00:00Z/abc",
        request: {
          function: "invoke",
          payload: { ...about, approval: "versioning/2026-11-24T00:00:00Z/abc", mode: "apply" },
        },
      },
      waive,
      history,
    ],
  },
  {
    name: "what the baseline only alerts of is repaired when somebody asks",
    finding: drifted(automatic),
    held,
    actions: [repair, waive, history],
  },
  {
    name: "what is contested is repaired when somebody asks",
    finding: drifted(automatic),
    held: { ...held, kind: "contested" },
    actions: [repair, waive, history],
  },
  {
    name: "what no machine may do is not offered",
    finding: drifted({ mode: "report-only", why: "only root can" }),
    held,
    actions: [waive, history],
  },
  {
    name: "what has nothing to write is not offered",
    finding: drifted(automatic, []),
    held,
    actions: [waive, history],
  },
  {
    name: "what is blocked is not offered: asking for it would lead nowhere",
    finding: drifted(automatic),
    held: { ...held, kind: "blocked" },
    actions: [waive, history],
  },
  {
    name: "a write that failed is not offered again: the next sweep does it",
    finding: drifted(automatic),
    actions: [waive, history],
  },
  {
    name: "doubt can only be looked at",
    finding: { control: "versioning", mode: "alert", assessment: { kind: "undecided", why: "" } },
    actions: [history],
  },
  {
    name: "an account has no history of a bucket, and a request about it names none",
    on: { kind: "account", account, region },
    finding: drifted(automatic),
    held,
    actions: [
      {
        ...repair,
        request: {
          function: "invoke",
          payload: { account: "111122223333", controls: ["versioning"], mode: "apply" },
        },
      },
      {
        ...waive,
        request: {
          function: "invoke",
          payload: { waive: "versioning", account: "111122223333", days: 7, mode: "apply" },
        },
      },
    ],
  },
])("next: $name", ({ on = bucket, isRepair = false, actions, name: _, ...matter }) => {
  expect(actionsAfter({ on, entry, ...matter }, isRepair)).toEqual(actions);
});
