import { GetBucketVersioningCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect, test, vi } from "vitest";
import { bucketReadOf } from "./bucket-read.ts";
import { createKnownAnswers } from "./known-answers.ts";

const of = { Bucket: "invoices", ExpectedBucketOwner: "111122223333" };
const versioning = operationOf(new GetBucketVersioningCommand(of));
const list = operationOf(new ListObjectsV2Command(of));

function operationOf(command: GetBucketVersioningCommand | ListObjectsV2Command) {
  const read = bucketReadOf(command);
  if (read === undefined) throw new Error("it is a read of a bucket");
  return read.operation;
}

const enabled = Buffer.from("<VersioningConfiguration><Status>Enabled</Status>");

test("the same text is decoded once, and nobody can change what others see", async () => {
  const answers = createKnownAnswers();
  const decode = vi.fn(async () => ({ Rules: [{ Status: "Enabled" }] }));
  const first = await answers.of(versioning, enabled, decode);
  const second = await answers.of(versioning, Buffer.from(enabled), decode);
  expect({ second, times: decode.mock.calls.length }).toEqual({ second: first, times: 1 });
  expect(() =>
    Object.assign((first as { Rules: object[] }).Rules[0] ?? {}, { Status: "" }),
  ).toThrow(TypeError);
});

test.each([
  { name: "another text", operation: versioning, body: Buffer.from("<VersioningConfiguration/>") },
  { name: "another operation", operation: { ...versioning, name: "GetAnother" }, body: enabled },
])("$name is decoded by itself", async ({ operation, body }) => {
  const answers = createKnownAnswers();
  await answers.of(versioning, enabled, async () => ({ seen: 1 }));
  expect(await answers.of(operation, body, async () => ({ seen: 2 }))).toEqual({ seen: 2 });
});

test.each([
  { name: "part of it stands in its headers", operation: list, body: enabled },
  { name: "it is long", operation: versioning, body: Buffer.alloc(2_000, "x") },
])("an answer is not kept where $name", async ({ operation, body }) => {
  const answers = createKnownAnswers();
  await answers.of(operation, body, async () => ({ seen: 1 }));
  expect(await answers.of(operation, body, async () => ({ seen: 2 }))).toEqual({ seen: 2 });
});

test("what cannot be decoded is tried again", async () => {
  const answers = createKnownAnswers();
  const fail = () => Promise.reject(new Error("not XML"));
  await expect(answers.of(versioning, enabled, fail)).rejects.toThrow("not XML");
  expect(await answers.of(versioning, enabled, async () => ({ seen: 2 }))).toEqual({ seen: 2 });
});

test("answers that nobody gave for long make room", async () => {
  const answers = createKnownAnswers();
  const ask = (text: string, seen: number) =>
    answers.of(versioning, Buffer.from(text), async () => ({ seen }));
  for (let at = 0; at < 65; at += 1) await ask(`text ${at}`, 1);
  expect(await ask("text 0", 2)).toEqual({ seen: 2 });
  expect(await ask("text 64", 2)).toEqual({ seen: 1 });
});
