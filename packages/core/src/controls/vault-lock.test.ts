import { expect, test } from "vitest";
import { commandIn } from "../../../../test/controls/command-line.ts";
import { judge, repair, unknown, unread, unreadRows } from "../../../../test/controls/readings.ts";
import { kept, lockedBy, policyText, records, vaultOf } from "../../../../test/controls/vaults.ts";
import { absent, present } from "../model/reading.ts";
import type { Vault } from "../model/vault.ts";
import { vaultLock } from "./vault-lock.ts";

const aYear = { "vault-lock": { vaults: ["rec*"], minimumDays: 365 } };

function look(vaults: readonly Vault[], baseline: object = aYear) {
  return judge(vaultLock, { vaults: present(vaults) }, { baseline });
}

function ages(operator: string, days: string): object {
  return { ...kept, Condition: { [operator]: { "glacier:ArchiveAgeInDays": days } } };
}

const proven = "1 vault; proven: archives are kept for at least 365 days in records";
const lasting =
  "a completed vault lock can never be changed, and one in progress only by giving it up, so a person decides";
const here = "--account-id 111122223333 --region eu-west-1 --vault-name records";
const witness = `the user arn:aws:iam::444455556666:user/alice may call glacier:DeleteArchive on ${records} before it is 365 days old`;

test.each([
  { name: "the statement of the guide", statement: kept },
  { name: "a longer retention", statement: ages("NumericLessThan", "3650") },
  { name: "no deletion at any age", statement: { ...kept, Condition: {} } },
  { name: "everything on every vault", statement: { ...kept, Action: "*", Resource: "*" } },
  { name: "all principals as a list", statement: { ...kept, Principal: { AWS: ["*"] } } },
])("clean, and said in other words: $name", ({ statement }) => {
  const assessment = look([vaultOf({ lock: lockedBy(statement) })]);
  expect(assessment).toEqual({ kind: "compliant", evidence: proven });
});

test("where the baseline asks for no lock, none is missing", () => {
  expect(look([vaultOf({ name: "drafts" })])).toEqual({
    kind: "compliant",
    evidence: "1 vault, none of them locked, and the baseline asks for no lock",
  });
});

test.each([
  { what: "there is no vault", vaults: present([]), why: "there is no vault in this Region" },
  {
    what: "Glacier is closed to the account",
    vaults: absent,
    why: "Glacier is closed to this account: it takes no new customers, so there is no vault",
  },
])("absent: $what", ({ vaults, why }) => {
  expect(judge(vaultLock, { vaults })).toEqual({ kind: "not-applicable", why });
});

test("drifted: a vault without a lock, with the policy that would keep its archives", () => {
  const policy = JSON.stringify({
    Policy: policyText({ Sid: "KeepArchives", ...kept }).text,
  });
  expect(look([vaultOf()])).toEqual({
    kind: "drift",
    summary: "records has no lock, and the baseline wants one",
    allowance: {
      mode: "report-only",
      why: lasting,
      command: `aws glacier initiate-vault-lock ${here} --policy '${policy}'`,
    },
    intents: [],
  });
});

test("a lock made of the policy in the command is one that is proven", () => {
  const drift = look([vaultOf()]);
  const command = drift.kind === "drift" && "command" in drift.allowance && drift.allowance.command;
  const { Policy: text } = JSON.parse(/--policy '(.*)'$/.exec(String(command))?.[1] ?? "");
  const lock = present({ state: "Locked", policy: { text } });
  expect(look([vaultOf({ lock })])).toEqual({ kind: "compliant", evidence: proven });
});

test.each([
  { name: "a shorter retention", statement: ages("NumericLessThan", "30"), after: "30 days" },
  { name: "one day", statement: ages("NumericLessThan", "1"), after: "1 day" },
  {
    name: "the right name but the comparison the wrong way round",
    statement: { Sid: "deny-based-on-archive-age", ...ages("NumericGreaterThan", "365") },
    after: "364 days",
  },
  {
    name: "another vault",
    statement: { ...kept, Resource: records.replace("records", "drafts") },
    after: "364 days",
  },
  { name: "an Allow", statement: { ...kept, Effect: "Allow" }, after: "364 days" },
])("weaker than the baseline, and for ever: $name", ({ statement, after }) => {
  expect(look([vaultOf({ lock: lockedBy(statement) })])).toEqual({
    kind: "drift",
    summary: `records has a lock that lets archives go after ${after} (the baseline wants 365 days): ${witness}`,
    allowance: { mode: "report-only", why: lasting },
    intents: [],
  });
});

test.each([
  {
    name: "sound",
    statement: kept,
    summary: "",
    command: `complete-vault-lock ${here} --lock-id '<the id that initiate-vault-lock gave>'`,
  },
  {
    name: "weak",
    statement: ages("NumericLessThan", "1"),
    summary: `, and has a lock that lets archives go after 1 day (the baseline wants 365 days): ${witness}`,
    command: `abort-vault-lock ${here}`,
  },
])("a lock that is only tried will vanish, also where it is $name", (row) => {
  const lock = lockedBy(row.statement, {
    state: "InProgress",
    expiresAt: "2026-11-22T09:00:00.000Z",
  });
  expect(look([vaultOf({ lock })])).toEqual({
    kind: "drift",
    summary: `records has a lock that is only tried and will vanish at 2026-11-22T09:00:00.000Z unless it is completed${row.summary}`,
    allowance: { mode: "report-only", why: lasting, command: `aws glacier ${row.command}` },
    intents: [],
  });
});

test("a lock that is tried and in doubt is not said to be given up", () => {
  const byTag = { StringEquals: { "glacier:ResourceTag/LegalHold": "true" } };
  const lock = lockedBy({ ...kept, Condition: byTag }, { state: "InProgress" });
  expect(look([vaultOf({ lock })])).toMatchObject({
    kind: "drift",
    allowance: { mode: "report-only", why: lasting },
  });
  expect(commandIn(look([vaultOf({ lock })]))).toBeUndefined();
});

test("a lock without a date vanishes all the same, also where the baseline asks for none", () => {
  const lock = lockedBy({ ...kept, Resource: "*" }, { state: "InProgress" });
  expect(look([vaultOf({ name: "drafts", lock })])).toMatchObject({
    summary:
      "drafts has a lock that is only tried and will vanish within a day of its start unless it is completed",
  });
});

test.each([
  {
    name: "a tag of the vault decides",
    lock: lockedBy({
      ...kept,
      Condition: { StringEquals: { "glacier:ResourceTag/LegalHold": "true" } },
    }),
    why: "records has a lock in doubt: statement 1 is in doubt: glacier:ResourceTag/LegalHold follows from the resource, about which the policy says nothing",
  },
  {
    name: "the policy is none",
    lock: present({ state: "Locked", policy: { text: "[]" } }),
    why: 'records has a lock in doubt: IAM does not define such a policy (the first character of a policy must be "{")',
  },
  {
    name: "its state is new",
    lock: lockedBy(kept, { state: "Paused" }),
    why: "records has a lock in the unknown state Paused",
  },
])("a lock in doubt is neither good nor drift: $name", ({ lock, why }) => {
  expect(look([vaultOf({ lock })])).toEqual({ kind: "undecided", why });
});

const open = { Effect: "Allow", Principal: "*", Action: "glacier:*", Resource: records };
const partner = { ...open, Principal: { AWS: "arn:aws:iam::444455556666:root" } };

test.each([
  {
    name: "everyone",
    statement: open,
    summary:
      "records has an access policy whose statement 1 is public: it allows everyone, and no condition limits that to fixed values",
  },
  {
    name: "another account",
    statement: partner,
    summary: "records has an access policy that lets in 444455556666",
  },
])("an access policy that lets in $name", ({ statement, summary }) => {
  const accessPolicy = present(policyText(statement));
  expect(look([vaultOf({ lock: lockedBy(kept), accessPolicy })])).toMatchObject({ summary });
});

test("an account that the baseline trusts may come in", () => {
  const baseline = { "vault-lock": { accounts: ["444455556666"] } };
  const accessPolicy = present(policyText(partner));
  expect(look([vaultOf({ accessPolicy })], baseline).kind).toBe("compliant");
});

test("several vaults are told in one sentence, the bad ones and those in doubt by name", () => {
  const vaults = [
    vaultOf({ name: "records-1" }),
    vaultOf({ name: "records-2", lock: lockedBy({ ...kept, Resource: "*" }) }),
    vaultOf({ name: "records-3", lock: lockedBy(kept, { state: "Paused" }) }),
    vaultOf({ name: "drafts" }),
    vaultOf({ name: "records-4" }),
  ];
  expect(look(vaults)).toMatchObject({
    kind: "drift",
    summary: expect.stringMatching(
      /^records-1 has no lock, .*; records-3 has a lock that lets .*; records-4 has no lock, .*; records-3 has a lock in the unknown state Paused$/,
    ),
    allowance: { command: expect.stringContaining("--vault-name records-1 ") },
  });
});

test("it is only told, also when a person asks: nothing is ever written", () => {
  const repaired = repair(
    vaultLock,
    { vaults: present([vaultOf()]) },
    { baseline: aYear, asked: true },
  );
  expect(repaired.written).toEqual([]);
  expect(repaired.held.map(({ kind }) => kind)).toEqual(["flagged"]);
  expect(repaired.writtenAgain).toEqual([]);
});

test.each(unreadRows(vaultLock))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(vaultLock, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
