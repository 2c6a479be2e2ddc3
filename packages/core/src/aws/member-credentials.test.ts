import { expect, test, vi } from "vitest";
import { parseAccountId } from "../model/ref.ts";
import { sessionsOf } from "./member-credentials.ts";

const [one, other] = ["111122223333", "444455556666"].map((it) => parseAccountId(it, "test"));
if (one === undefined || other === undefined) throw new Error("there are two accounts");

/** Counts how often a role is assumed; each session is good for so many minutes. */
function assuming(minutes: number, failures = 0) {
  const asked: string[] = [];
  const sessions = sessionsOf((account) => async () => {
    asked.push(account);
    if (asked.length <= failures) throw new Error("AccessDenied");
    const accessKeyId = `${account}-${asked.length}`;
    const expiration = new Date(Date.now() + minutes * 60_000);
    return { accessKeyId, secretAccessKey: "any", expiration };
  });
  return { asked, sessions };
}

test("one account is one session, whoever asks, also at the same time", async () => {
  const { asked, sessions } = assuming(60);
  const keys = await Promise.all([sessions(one)(), sessions(one)(), sessions(other)()]);
  keys.push(await sessions(one)());
  expect(keys.map(({ accessKeyId }) => accessKeyId)).toEqual([
    `${one}-1`,
    `${one}-1`,
    `${other}-2`,
    `${one}-1`,
  ]);
  expect(asked).toEqual([one, other]);
});

test("a session that ends soon is renewed once for all who ask", async () => {
  vi.useFakeTimers({ now: 0, toFake: ["Date"] });
  const { asked, sessions } = assuming(60);
  await sessions(one)();
  vi.setSystemTime(54 * 60_000);
  await sessions(one)();
  expect(asked).toHaveLength(1);
  vi.setSystemTime(56 * 60_000);
  const [first, second] = await Promise.all([sessions(one)(), sessions(one)()]);
  expect(first).toBe(second);
  expect(asked).toHaveLength(2);
  vi.useRealTimers();
});

test("a refusal is told to those who asked, and the next one asks again", async () => {
  const { sessions } = assuming(60, 1);
  const both = await Promise.allSettled([sessions(one)(), sessions(one)()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect((await sessions(one)()).accessKeyId).toBe(`${one}-2`);
});
