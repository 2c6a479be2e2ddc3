import { expect, test } from "vitest";
import { shareAnswers } from "./shared-answers.ts";

const minute = 60_000;

function answers({ most = 10 } = {}) {
  let now = 0;
  const shared = shareAnswers({ clock: { now: () => now }, keepMilliseconds: minute, most });
  const asked: string[] = [];
  const ask = (question: string, error?: Error) =>
    shared.of(question, async () => {
      asked.push(question);
      if (error !== undefined) throw error;
      return asked.length;
    });
  return { ask, asked, wait: (milliseconds: number) => (now += milliseconds) };
}

function awsError(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(), { name, $metadata: { httpStatusCode } });
}

test("a question is asked once, by however many at the same time", async () => {
  const { ask, asked } = answers();
  expect(await Promise.all([ask("trails"), ask("trails"), ask("keys")])).toEqual([1, 1, 2]);
  expect(await ask("trails")).toBe(1);
  expect(asked).toEqual(["trails", "keys"]);
});

test("an answer that is too old is asked for again", async () => {
  const { ask, asked, wait } = answers();
  await ask("trails");
  wait(minute - 1);
  expect(await ask("trails")).toBe(1);
  wait(1);
  expect(await ask("trails")).toBe(2);
  expect(asked).toEqual(["trails", "trails"]);
});

test.each([
  { name: "a denial", error: awsError("AccessDenied", 403), isKept: true },
  { name: "that there is none", error: awsError("NotFoundException", 400), isKept: true },
  { name: "throttling", error: awsError("SlowDown", 503), isKept: false },
  { name: "a fault of the service", error: awsError("InternalError", 500), isKept: false },
  { name: "no answer at all", error: new Error("socket hang up"), isKept: false },
])("$name is kept: $isKept", async ({ error, isKept }) => {
  const { ask, asked } = answers();
  await expect(ask("key", error)).rejects.toBe(error);
  if (isKept) await expect(ask("key")).rejects.toBe(error);
  else expect(await ask("key")).toBe(2);
  expect(asked).toHaveLength(isKept ? 1 : 2);
});

test("no more answers are kept than allowed, and the oldest goes first", async () => {
  const { ask, asked } = answers({ most: 2 });
  for (const question of ["a", "b", "c", "b", "c", "a"]) await ask(question);
  expect(asked).toEqual(["a", "b", "c", "a"]);
});
