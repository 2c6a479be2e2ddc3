import { expect, test } from "vitest";
import { lockOf, retention } from "../../../../test/controls/locks.ts";
import {
  allBlocked,
  invoices,
  ownershipOf,
  wholeAccount,
} from "../../../../test/controls/readings.ts";
import type { Readings } from "../model/facets.ts";
import type { PlanStep } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import { earlierWork } from "./earlier.ts";

const step: PlanStep = {
  document: "ownership",
  on: invoices,
  controls: ["ownership-acl"],
  before: absent,
  after: ownershipOf("BucketOwnerEnforced").value,
};

test.each<{ name: string; readings: Readings; written: number }>([
  {
    name: "the bucket owner owns all",
    readings: { ownership: ownershipOf("BucketOwnerEnforced") },
    written: 1,
  },
  {
    name: "the writer owns",
    readings: { ownership: ownershipOf("ObjectWriter") },
    written: 0,
  },
  { name: "there are no ownership controls", readings: { ownership: absent }, written: 0 },
  { name: "nobody looked at it", readings: {}, written: 0 },
])("where $name, an interrupted write of ownership counts $written times", (row) => {
  const images = [{ taskId: "t-1", step, at: "2026-11-20T10:15:00.000Z" }];
  const { told, untold } = earlierWork({ images }, row.readings, []);
  expect({ told, written: untold.length }).toEqual({ told: [], written: row.written });
});

const lockStep: PlanStep = {
  document: "objectLock",
  on: invoices,
  controls: ["object-lock"],
  before: lockOf(undefined, { unit: "days", count: 9 }),
  after: lockOf(retention("GOVERNANCE", 30), { unit: "days", count: 9 }).value,
};

test.each<{ name: string; readings: Readings; written: number }>([
  { name: "is there", readings: { objectLock: present(lockStep.after) }, written: 1 },
  {
    name: "is there without the event hold",
    readings: { objectLock: lockOf(retention("GOVERNANCE", 30)) },
    written: 0,
  },
  { name: "is not there", readings: { objectLock: lockStep.before }, written: 0 },
  { name: "cannot be there without a lock", readings: { objectLock: absent }, written: 0 },
])("where the default retention $name, an interrupted write of it counts $written times", (row) => {
  const images = [{ taskId: "t-1", step: lockStep, at: "2026-11-20T10:15:00.000Z" }];
  expect(earlierWork({ images }, row.readings, []).untold).toHaveLength(row.written);
});

const blockStep: PlanStep = {
  document: "accountPublicAccess",
  on: wholeAccount,
  controls: ["account-public-access"],
  before: absent,
  after: allBlocked.value,
};

test.each<{ name: string; readings: Readings; written: number }>([
  { name: "is there", readings: { accountPublicAccess: allBlocked }, written: 1 },
  {
    name: "lacks a flag",
    readings: { accountPublicAccess: present({ ...allBlocked.value, blockPublicAcls: false }) },
    written: 0,
  },
  { name: "is only the bucket's", readings: { publicAccessBlock: allBlocked }, written: 0 },
])("where the block of the account $name, an interrupted write counts $written times", (row) => {
  const images = [{ taskId: "t-1", step: blockStep, at: "2026-11-20T10:15:00.000Z" }];
  expect(earlierWork({ images }, row.readings, []).untold).toHaveLength(row.written);
});
