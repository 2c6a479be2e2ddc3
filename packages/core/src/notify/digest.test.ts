import { expect, test } from "vitest";
import { type DigestFacts, digestOf } from "./digest.ts";
import { subjectOf, textOf } from "./render.ts";

const quiet: DigestFacts = {
  at: "2026-11-21T07:00:00.000Z",
  hours: 24,
  open: [],
  news: [],
  repairMilliseconds: [],
  waivers: [],
  invalidWaivers: 0,
  undelivered: [],
};

const buckets = ["a", "b", "c", "d", "e", "f", "g"].map((it) => `bucket-${it}`);
const busy: DigestFacts = {
  ...quiet,
  open: [
    { resource: "logs", account: "444455556666", control: "versioning", kind: "drift" },
    ...buckets.map((resource) => ({
      resource,
      account: "111122223333",
      control: "ssl-only",
      kind: "drift" as const,
    })),
    { resource: "secret", account: "111122223333", control: "cors", kind: "unread" },
    { resource: "odd", account: "111122223333", control: "ssl-only", kind: "undecided" },
  ],
  news: [
    { kind: "fixed", control: "ssl-only" },
    { kind: "fixed", control: "cors" },
    { kind: "contested", control: "cors" },
  ],
  repairMilliseconds: [4_000, 9_000, 250_000],
  waivers: [{ what: "ssl-only on photos-*", approver: "jane", until: "2026-11-25" }],
  invalidWaivers: 1,
  undelivered: [
    { to: "arn:t warden ", since: "2026-11-20T09:00:00.000Z", error: "NotFound: no", final: false },
    { to: "arn:t warden ", since: "2026-11-20T08:00:00.000Z", error: "NotFound: no", final: false },
    { to: "security-hub", since: "2026-11-19T07:30:00.000Z", error: "InvalidAccess", final: true },
  ],
};

test("a busy day as people read it", async () => {
  const digest = digestOf(busy);
  expect(subjectOf(digest)).toBe(
    "[Bucket Warden] digest: 10 open findings in 2 accounts, 2 repairs",
  );
  expect(digest.severity).toBe("warning");
  await expect(`${textOf(digest)}\n`).toMatchFileSnapshot("golden/digest-busy.txt");
});

test("a quiet day says so, and alarms nobody", async () => {
  const digest = digestOf(quiet);
  expect(digest.severity).toBe("info");
  await expect(`${textOf(digest)}\n`).toMatchFileSnapshot("golden/digest-quiet.txt");
});

test.each([
  [[1_000], "median 1 s, 95 % within 1 s"],
  [[3_000, 1_000], "median 1 s, 95 % within 3 s"],
  [Array.from({ length: 100 }, (_, index) => (index + 1) * 1_000), "median 50 s, 95 % within 95 s"],
  [[119_000, 120_000, 7_200_000], "median 2 min, 95 % within 2 h"],
])("times to repair of %j are ranks, not averages", (repairMilliseconds, text) => {
  expect(textOf(digestOf({ ...quiet, repairMilliseconds }))).toContain(text);
});
