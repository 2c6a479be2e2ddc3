import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Waiver } from "@bucket-warden/core/baseline";
import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { ledgerIn } from "@bucket-warden/core/record";
import { afterAll, expect, test } from "vitest";
import { folderTable } from "../ledger/folder-table.ts";
import { parseSpan, waiversOfBaseline, waiversOfLedger } from "./collect.ts";
import { waiverLines } from "./describe.ts";
import { listed, needsCare } from "./listed.ts";

const folder = await mkdtemp(join(tmpdir(), "warden-waivers-"));
afterAll(() => rm(folder, { recursive: true }));

const day = 24 * 60 * 60 * 1_000;
const moment = { now: Date.UTC(2026, 10, 21, 12), within: 7 * day };

const waiver: Waiver = {
  buckets: ["photos-*"],
  controls: ["ssl-only"],
  reason: "an old camera",
  approver: "jane",
  approved: "2026-11-01",
  expires: "2026-12-24",
};

test.each<{ name: string; change: Partial<Waiver>; state: string; care: boolean }>([
  { name: "holds for weeks", change: {}, state: "holds", care: false },
  { name: "ends in a week", change: { expires: "2026-11-27" }, state: "ending", care: true },
  { name: "ends a day later", change: { expires: "2026-11-28" }, state: "holds", care: false },
  { name: "holds on its last day", change: { expires: "2026-11-21" }, state: "ending", care: true },
  { name: "ended yesterday", change: { expires: "2026-11-20" }, state: "ended", care: true },
  {
    name: "ended a moment ago",
    change: { expires: "2026-11-21T12:00:00.000Z" },
    state: "ended",
    care: true,
  },
  { name: "begins tomorrow", change: { approved: "2026-11-22" }, state: "not-yet", care: false },
])("a waiver that $name is $state", ({ change, state, care }) => {
  const shown = listed({ ...waiver, ...change }, "here", moment);
  expect({ state: shown.state, care: needsCare(shown) }).toEqual({ state, care });
});

test("those of a baseline have their places, also the ones that cannot be used", async () => {
  const file = join(folder, "baseline.yaml");
  await writeFile(
    file,
    `ssl-only: { mode: alert }
waivers:
  - { buckets: [a-*], controls: [cors], reason: r, approver: jane, approved: 2026-11-01, expires: 2026-11-30 }
  - { buckets: [b-*], controls: [no-such], reason: r, approver: jane, approved: 2026-11-01, expires: 2026-11-30 }
  - { accounts: ["111122223333"], controls: [cors], reason: r, approver: jo, ticket: T-1, approved: 2026-11-01, expires: 2026-11-10 }
`,
  );
  const all = await waiversOfBaseline(file, moment);
  expect(all.map(({ place, state }) => [place, state])).toEqual([
    [`${file}:3:5`, "holds"],
    [`${file}:4:5`, "invalid"],
    [`${file}:5:5`, "ended"],
  ]);
  const lines = waiverLines(all);
  expect(lines.slice(0, 4)).toEqual([
    "HOLDS    cors on buckets a-*",
    "         2026-11-01 to 2026-11-30, by jane",
    "         r",
    `         ${file}:3:5`,
  ]);
  expect(lines[4]).toBe("INVALID  nobody can tell which controls on buckets b-*");
  expect(lines[5]).toMatch(/^ {9}it cannot be used: controls\.0 .*no-such|controls\.0/);
  expect(lines.slice(-4)).toEqual([
    "ENDED    cors on account 111122223333",
    "         2026-11-01 to 2026-11-10, by jo",
    "         r (T-1)",
    `         ${file}:5:5`,
  ]);
});

test("those of a ledger in a folder are found on every bucket of it", async () => {
  const root = join(folder, "ledger");
  const on = {
    kind: "bucket",
    name: parseBucketName("photos", "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  } as const;
  expect(await waiversOfLedger(root, moment)).toEqual([]);
  await ledgerIn(folderTable(root)).saveWaiver(on, { id: "w-1", waiver });
  expect(await waiversOfLedger(root, moment)).toEqual([
    { ...waiver, place: `${root}: w-1`, state: "holds" },
  ]);
});

test.each([
  { text: "7d", span: 7 * day },
  { text: "12h", span: day / 2 },
  { text: "0d", span: 0 },
])("$text is $span milliseconds", ({ text, span }) => {
  expect(parseSpan(text)).toBe(span);
});

test.each(["", "7", "d", "7w", "-7d", "7 d"])("%j is no time", (text) => {
  expect(() => parseSpan(text)).toThrow("it is no time");
});
