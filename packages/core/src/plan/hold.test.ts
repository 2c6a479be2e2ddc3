import { expect, test } from "vitest";
import type { Intent } from "../model/intent.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { holdBack } from "./hold.ts";

const behind: BucketRef = {
  kind: "bucket",
  name: parseBucketName("logs", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

const automatic: Allowance = { mode: "automatic" };
const approval: Allowance = { mode: "approval", why: "it may break clients" };
const reportOnly: Allowance = { mode: "report-only", why: "only root can", command: "aws …" };
const noCommand: Allowance = { mode: "report-only", why: "only root can" };
const blocked: Allowance = { mode: "blocked", why: "no key", needs: "a usable key" };
const waiting: Allowance = { mode: "blocked", why: "no grant", needs: "a grant", behind };

const ask = 'to repair it, invoke with mode "apply" and controls ["a-control"]';
const written = undefined;
const alerted = (why: string) => ({
  kind: "flagged",
  why,
  next: `the baseline only alerts; ${ask}`,
});
const wanted = (why: string) => ({ kind: "approval", why, next: ask });
const byRoot = { kind: "flagged", why: "only root can", next: "aws …" };
const byHand = { kind: "flagged", why: "only root can", next: "a person has to change it" };
const needsKey = { kind: "blocked", why: "no key", next: "needs a usable key" };
const needsGrant = { kind: "blocked", why: "no grant", next: "needs a grant" };

type Mode = "remediate" | "approve" | "alert";
type Row = readonly [Mode, "asked" | "unasked", object | undefined];

const table: readonly { readonly allowance: Allowance; readonly rows: readonly Row[] }[] = [
  {
    allowance: automatic,
    rows: [
      ["remediate", "unasked", written],
      ["remediate", "asked", written],
      ["approve", "unasked", wanted("it drifted")],
      ["approve", "asked", written],
      ["alert", "unasked", alerted("it drifted")],
      ["alert", "asked", written],
    ],
  },
  {
    allowance: approval,
    rows: [
      ["remediate", "unasked", wanted("it may break clients")],
      ["remediate", "asked", written],
      ["approve", "unasked", wanted("it may break clients")],
      ["approve", "asked", written],
      ["alert", "unasked", alerted("it may break clients")],
      ["alert", "asked", written],
    ],
  },
  {
    allowance: reportOnly,
    rows: [
      ["remediate", "unasked", byRoot],
      ["remediate", "asked", byRoot],
      ["approve", "unasked", byRoot],
      ["approve", "asked", byRoot],
      ["alert", "unasked", byRoot],
      ["alert", "asked", byRoot],
    ],
  },
  { allowance: noCommand, rows: [["remediate", "unasked", byHand]] },
  {
    allowance: blocked,
    rows: [
      ["remediate", "unasked", needsKey],
      ["remediate", "asked", needsKey],
      ["approve", "unasked", needsKey],
      ["approve", "asked", needsKey],
      ["alert", "unasked", needsKey],
      ["alert", "asked", needsKey],
    ],
  },
  {
    allowance: waiting,
    rows: [
      ["remediate", "unasked", { ...needsGrant, behind }],
      ["remediate", "asked", { ...needsGrant, behind }],
      ["approve", "unasked", needsGrant],
      ["approve", "asked", { ...needsGrant, behind }],
      ["alert", "unasked", needsGrant],
      ["alert", "asked", { ...needsGrant, behind }],
    ],
  },
];

const cases = table.flatMap(({ allowance, rows }) =>
  rows.map(([mode, asked, held]) => {
    const what = "behind" in allowance ? "blocked behind a bucket" : allowance.mode;
    const then = held === undefined ? "written" : JSON.stringify(held);
    return { name: `${what}, ${mode}, ${asked}: ${then}`, allowance, mode, asked, held };
  }),
);

const repair: Intent = { document: "versioning", kind: "enable-versioning" };

function driftOf(allowance: Allowance, ...intents: readonly Intent[]) {
  const summary = "it drifted";
  return { kind: "drift", summary, allowance, intents } as const satisfies Assessment;
}

test.each(cases)("$name", ({ allowance, mode, asked, held }) => {
  const leave = { mode, asked: asked === "asked" };
  const reason = holdBack("a-control", leave, driftOf(allowance, repair));
  expect(reason).toEqual(held === undefined ? undefined : { control: "a-control", ...held });
});

const everyLeave = (["remediate", "approve", "alert"] as const).flatMap((mode) =>
  [true, false].map((asked) => ({ mode, asked })),
);

test.each([
  { allowance: automatic, why: "it drifted" },
  { allowance: approval, why: "it may break clients" },
])("under $allowance.mode drift without a repair is left to people, asked or not", (row) => {
  const flagged = { control: "a-control", kind: "flagged", next: "a person has to change it" };
  for (const leave of everyLeave) {
    const reason = holdBack("a-control", leave, driftOf(row.allowance));
    expect(reason).toEqual({ ...flagged, why: row.why });
  }
});

test.each([reportOnly, noCommand, blocked, waiting])(
  "under $mode nothing depends on whether there is a repair: $why",
  (allowance) => {
    for (const leave of everyLeave) {
      const without = holdBack("a-control", leave, driftOf(allowance));
      expect(without).toEqual(holdBack("a-control", leave, driftOf(allowance, repair)));
    }
  },
);
