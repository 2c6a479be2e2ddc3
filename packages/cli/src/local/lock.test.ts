import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@bucket-warden/core/kernel";
import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { afterAll, expect, test } from "vitest";
import { alone } from "./lock.ts";

const folder = await mkdtemp(join(tmpdir(), "warden-lock-"));
afterAll(() => rm(folder, { recursive: true }));

function bucket(name: string) {
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  } as const;
}

const locks = join(folder, "locks");
const fileOf = (name: string) => join(locks, `111122223333%23${name}.json`);
const nothing = async () => {};

/** What work on a bucket is refused with. */
async function refusal(name: string): Promise<InputError> {
  const error = await alone(folder, bucket(name), nothing).catch((it: unknown) => it);
  if (error instanceof InputError) return error;
  throw new Error("it was not refused");
}

test("two never work on one bucket at once, and on others they do", async () => {
  const result = await alone(folder, bucket("photos"), async () => {
    const { problem, remedy, place } = await refusal("photos");
    expect(problem).toMatch(
      new RegExp(`^process ${process.pid} on ${hostname()} is at work on photos since 2`),
    );
    expect({ remedy, place }).toEqual({
      remedy: "Wait until it is done.",
      place: fileOf("photos"),
    });
    return alone(folder, bucket("invoices"), async () => "both");
  });
  expect(result).toBe("both");
  expect(await readdir(locks)).toEqual([]);
});

test("work that fails leaves nothing behind", async () => {
  const fails = () => Promise.reject(new Error("it failed"));
  await expect(alone(folder, bucket("photos"), fails)).rejects.toThrow("it failed");
  expect(await alone(folder, bucket("photos"), async () => "again")).toBe("again");
});

test.each([
  {
    name: "a process that is gone",
    content: { process: 2 ** 22 + 1, host: hostname(), since: "noon" },
    problem: `process 4194305 on ${hostname()} began to work on photos at noon and is gone; it may be half done`,
    remedy: /delete this file, and ask again: what is done is not done twice/,
  },
  {
    name: "another machine",
    content: { process: 1, host: "elsewhere", since: "noon" },
    problem: "process 1 on elsewhere is at work on photos since noon",
    remedy: /^If it is not at work any more, .* delete this file/,
  },
  {
    name: "nobody who says so",
    content: "garbage",
    problem: "it says that somebody is at work on photos, but not who",
    remedy: /^If it is not at work any more/,
  },
])("a lock of $name is explained and stays", async ({ content, problem, remedy }) => {
  const text = JSON.stringify(content);
  await writeFile(fileOf("photos"), text);
  expect(await refusal("photos")).toMatchObject({ problem, remedy: expect.stringMatching(remedy) });
  expect(await readFile(fileOf("photos"), "utf8")).toBe(text);
  await rm(fileOf("photos"));
});
