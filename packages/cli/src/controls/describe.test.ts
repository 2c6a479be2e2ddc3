import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Control, controls } from "@bucket-warden/core/controls";
import { expect, test } from "vitest";
import { describeControl, tableOf } from "./describe.ts";

const root = join(import.meta.dirname, "../../../..");

const docs = { title: "A title", rationale: "Why.", breaks: "What.", stops: ["Where: how."] };
const control: Control = {
  id: "versioning",
  target: "bucket",
  reads: ["versioning", "encryption"],
  needs: () => [],
  remediates: "automatic",
  writes: ["versioning", "cors"],
  references: [{ catalogue: "security-hub", name: "S3.14", verified: true }],
  docs,
  assess: () => ({ kind: "compliant", evidence: "" }),
};

test("a description is plain data with the actions of every read and write", () => {
  expect(describeControl(control)).toEqual({
    id: "versioning",
    title: "A title",
    mode: "automatic",
    target: "bucket",
    reads: ["versioning", "encryption"],
    writes: ["versioning", "cors"],
    // What it may write is read before, whether it judges it or not.
    actions: [
      "s3:GetBucketCORS",
      "s3:GetBucketVersioning",
      "s3:GetEncryptionConfiguration",
      "s3:PutBucketCORS",
      "s3:PutBucketVersioning",
    ],
    references: [{ catalogue: "security-hub", name: "S3.14", verified: true }],
    docs: {
      rationale: "Why.",
      breaks: "What.",
      stops: ["Where: how."],
      page: "docs/controls/versioning.md",
    },
  });
});

test.each(controls)("$id has the page that its description names, and survives JSON", (it) => {
  const description = describeControl(it);
  expect(existsSync(join(root, description.docs.page))).toBe(true);
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
});

test("only what writes needs an action that puts something", () => {
  const puts = controls.map((it) => {
    const { writes, actions } = describeControl(it);
    return [it.id, writes.length > 0, actions.some((action) => action.includes(":Put"))];
  });
  expect(puts.filter(([, writes, needs]) => writes !== needs)).toEqual([]);
});

test("the columns of the table stand under their titles", () => {
  const long = { ...control, id: "public-access-block", remediates: "report-only" } as const;
  expect(tableOf([control, long].map(describeControl))).toEqual([
    "CONTROL              LOOKS AT  ON DRIFT     WHAT MUST HOLD",
    "versioning           bucket    automatic    A title",
    "public-access-block  bucket    report-only  A title",
  ]);
});
