import type { FindingStates, LedgerEntry } from "@bucket-warden/core/model";
import { expect, test } from "vitest";
import { bucket, compliant, drift, someLooks, waived } from "../../../../test/output/scans.ts";
import { entries } from "../../../../test/report/organization.ts";
import { newLedgerFindings } from "./ledger-findings.ts";

const on = bucket("photos");
const [base] = entries(1);
const [seen] = someLooks();
if (base === undefined || seen === undefined) throw new Error("there is one of each");

function entry(endedAt: string, findings: LedgerEntry["findings"]): LedgerEntry {
  const task = { ...(base as LedgerEntry).task, ref: on };
  return {
    ...(base as LedgerEntry),
    task,
    endedAt,
    findings,
    plan: seen?.plan ?? base?.plan,
  } as LedgerEntry;
}

function told(states: FindingStates) {
  return { kind: "bucket", account: on.account, name: "photos", states } as const;
}

test("the newest entry that found it so tells of what is open", () => {
  const findings = newLedgerFindings();
  findings.addTold(
    told({
      "ssl-only": { kind: "drift", print: "p" },
      "access-logging": { kind: "waived", print: "p" },
      versioning: { kind: "compliant", print: "p" },
    }),
  );
  findings.addEntry(entry("2026-11-19T10:00:00.000Z", [drift("ssl-only", "newer")]));
  findings.addEntry(entry("2026-11-18T10:00:00.000Z", [drift("ssl-only", "older")]));
  findings.addEntry(
    entry("2026-11-20T10:00:00.000Z", [compliant, waived, drift("cors", "is not open")]),
  );
  expect(findings.rows()).toMatchObject([
    {
      control: "ssl-only",
      verdict: "drift",
      saw: "newer",
      region: "eu-west-1",
      response: "repair",
    },
    { control: "access-logging", verdict: "waived", waiver: { until: "2026-12-24" } },
  ]);
  expect(findings.rows()[0]?.diff[0]).toBe("@ policy");
});

test("a state whose entry is forgotten, or says something else, is open all the same", () => {
  const findings = newLedgerFindings();
  findings.addTold(told({ "ssl-only": { kind: "unread", print: "p" } }));
  findings.addEntry(entry("2026-11-19T10:00:00.000Z", [drift("ssl-only", "it was drift then")]));
  expect(findings.rows()).toMatchObject([
    { verdict: "unread", saw: "what was seen is not recorded any more", region: "", at: "" },
  ]);
});

test("the posture counts every state", () => {
  const findings = newLedgerFindings();
  findings.addTold(told({ cors: { kind: "undecided", print: "p" } }));
  findings.addTold({ ...told({ cors: { kind: "compliant", print: "p" } }), name: "films" });
  findings.addTold({ ...told({ cors: { kind: "not-applicable", print: "p" } }), name: "other" });
  expect(findings.cells()).toEqual([
    { account: on.account, control: "cors", compliant: 1, drift: 0, unknown: 1, waived: 0 },
  ]);
});
