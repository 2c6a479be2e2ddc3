import { expect, test } from "vitest";
import { parseManual, parseUndo, parseWaive } from "../event/index.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/index.ts";
import { requestFor } from "./ask.ts";

const place = {
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};
const on = { kind: "bucket", name: parseBucketName("invoices", "test"), ...place } as const;
const by = { id: "U0ALICE", name: "alice", team: "T1" };
const approval = "ssl-only/2026-11-24T10:15:00.000Z/4f0c";
const requestedBy = "Slack user U0ALICE (alice) of T1";
const where = { bucket: "invoices", account: "111122223333", region: "eu-west-1" };
const defaults = {
  id: "r-1",
  account: "999999999999",
  region: "us-east-1",
  knownControls: [
    { id: "ssl-only", target: "bucket" as const },
    { id: "trail-health", target: "region" as const },
  ],
  mostDays: 90,
};

test("an approval asks for just that plan", () => {
  const request = requestFor({ by, ask: { kind: "approve", on, control: "ssl-only", approval } });
  expect(request).toEqual({
    ...where,
    mode: "apply",
    requestedBy,
    approval,
    reason: "approved in Slack",
  });
  expect(parseManual(request, defaults)).toMatchObject({ approval, controls: ["ssl-only"] });
});

test("a repair names its control", () => {
  const request = requestFor({ by, ask: { kind: "repair", on, control: "ssl-only" } });
  expect(parseManual(request, defaults)).toMatchObject({ controls: ["ssl-only"], requestedBy });
});

test("an undo names its entry, and where it was stands in the ledger", () => {
  const request = requestFor({ by, ask: { kind: "undo", on, entry: "e-1" } });
  expect(parseUndo(request)).toEqual({
    entry: "e-1",
    mode: "apply",
    requestedBy,
    reason: "asked in Slack",
  });
});

test("a waiver has its reason", () => {
  const ask = { kind: "waive", on, control: "ssl-only", days: 7 } as const;
  const request = requestFor({ by, ask, reason: "a move" });
  expect(parseWaive(request, defaults)).toMatchObject({
    control: "ssl-only",
    days: 7,
    reason: "a move",
  });
});

test("what is no bucket is asked for by its account", () => {
  const region = { kind: "region", ...place } as const;
  const ask = { kind: "waive", on: region, control: "trail-health", days: 7 } as const;
  const request = requestFor({ by: { id: "U1" }, ask, reason: "a move" });
  expect(parseWaive(request, defaults)).toMatchObject({
    account: "111122223333",
    requestedBy: "Slack user U1",
  });
});
