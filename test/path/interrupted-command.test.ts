import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { newborn, standingOf } from "./standing.ts";
import { wardenHere } from "./warden-here.ts";

// Nothing that is deployed looks at these buckets.
const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const folder = await mkdtemp(join(tmpdir(), "warden-interrupted-"));
await writeFile(join(folder, "warden.config.json"), JSON.stringify(sandboxBaseline));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function warden(...words: readonly string[]) {
  const env = { ...stage.sandbox.environment, AWS_ACCESS_KEY_ID: "bucket-warden", NO_COLOR: "1" };
  return wardenHere(words, { env, cwd: folder });
}

test("Ctrl-C lets the write under way end, begins no other, and tells both", async () => {
  const bucket = stage.bucket("stopped");
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "versioning", undefined);
  const stop = stage.sandbox.onRecord(({ eventName }) => {
    if (eventName === "PutBucketPolicy") process.emit("SIGINT");
  });
  const { code, out, error } = await warden("remediate", bucket, "--local");
  stop();

  expect(code).toBe(130);
  expect(error).toContain("Stopping: what is being written is finished and read back first.");
  expect(out).toContain(`
${bucket}  RETRY
  not written: the versioning (it was interrupted before this write)
`);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);

  const { out: history } = await warden("history", bucket, "--local");
  expect(history).toContain("BucketWardenSslOnly");
  const entry = /entry {2}(\S+)/.exec(history)?.[1] ?? "";
  const undone = await warden("undo", entry, "--local", "--reason", "it was half a repair");
  expect(undone.code).toBe(0);
  expect((await standingOf(stage, bucket)).statements).toEqual(newborn.statements);
});
