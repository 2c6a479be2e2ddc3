import { expect, test } from "vitest";
import { mapTable } from "../../../../test/slack/map-table.ts";
import { messageAbout } from "../../../../test/slack/messages.ts";
import type { Bulletin, Mail } from "../notify/index.ts";
import { slackMemoryIn } from "./memory.ts";
import type { SlackBoard, SlackPost } from "./ports.ts";
import { postMail } from "./post.ts";

const bulletin: Bulletin = {
  kind: "burst",
  id: "b-1",
  at: "2026-11-21T10:15:00.000Z",
  severity: "warning",
  title: "500 news",
  controls: [],
  outcomes: [],
  sections: [],
};
const day = 86_400_000;

/** A channel in which messages stand as `ts-1`, `ts-2` …; the days that passed are set. */
function channel(isInteractive = true) {
  const posts: SlackPost[] = [];
  const memory = slackMemoryIn(mapTable());
  let now = Date.parse("2026-11-21T10:15:00.000Z");
  let broken = false;
  const board: SlackBoard = {
    isInteractive,
    post: async (post) => {
      if (broken) throw new Error("Slack is down");
      posts.push(post);
      return isInteractive ? { channel: "C1", ts: `ts-${posts.length}` } : undefined;
    },
    update: () => Promise.reject(new Error("nothing is changed here")),
  };
  const clock = { now: () => now, sleep: async () => {} };
  return {
    posts,
    memory,
    fail: (is: boolean) => {
      broken = is;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    post: (mail: Mail, to = "C1") => postMail(mail, to, { board, memory, clock }),
  };
}

function places({ posts }: { readonly posts: readonly SlackPost[] }) {
  return posts.map(({ thread, isBroadcast }) => [thread, isBroadcast]);
}

test("what follows about a bucket stands under the first message, and trouble in the channel too", async () => {
  const it = channel();
  await it.post(messageAbout("invoices", "e-1"));
  await it.post(messageAbout("invoices", "e-2", { kind: "fixed" }));
  await it.post(messageAbout("invoices", "e-3"));
  expect(places(it)).toEqual([
    [undefined, undefined],
    ["ts-1", false],
    ["ts-1", true],
  ]);
});

test("another bucket and another channel have threads of their own", async () => {
  const it = channel();
  await it.post(messageAbout("invoices", "e-1"));
  await it.post(messageAbout("photos", "e-2"));
  await it.post(messageAbout("invoices", "e-3"), "C2");
  expect(places(it).map(([thread]) => thread)).toEqual([undefined, undefined, undefined]);
});

test("a thread of seven days ago is out of sight", async () => {
  const it = channel();
  await it.post(messageAbout("invoices", "e-1"));
  it.pass(7 * day - 1);
  await it.post(messageAbout("invoices", "e-2"));
  it.pass(1);
  await it.post(messageAbout("invoices", "e-3"));
  await it.post(messageAbout("invoices", "e-4"));
  expect(places(it).map(([thread]) => thread)).toEqual([undefined, "ts-1", undefined, "ts-3"]);
});

test("a message that comes again is posted once, and each part of a task is a message", async () => {
  const it = channel();
  expect(await it.post(messageAbout("invoices", "e-1"))).toBe("posted");
  expect(await it.post(messageAbout("invoices", "e-1"))).toBe("known");
  expect(await it.post(messageAbout("invoices", "e-1", { kind: "fixed" }))).toBe("posted");
  expect(await it.post(bulletin)).toBe("posted");
  expect(await it.post(bulletin)).toBe("known");
  expect(it.posts).toHaveLength(3);
});

test("what Slack did not take is not remembered", async () => {
  const it = channel();
  it.fail(true);
  await expect(it.post(messageAbout("invoices", "e-1"))).rejects.toThrow("Slack is down");
  it.fail(false);
  expect(await it.post(messageAbout("invoices", "e-1"))).toBe("posted");
});

test("where it stands is remembered with what it tells, for whoever pushes its buttons", async () => {
  const it = channel();
  const message = messageAbout("invoices", "e-1");
  await it.post(message);
  expect(await it.memory.message({ channel: "C1", ts: "ts-1" })).toEqual(message);
  expect(await it.memory.message({ channel: "C1", ts: "ts-2" })).toBeUndefined();
});

test("a bulletin has no thread", async () => {
  const it = channel();
  await it.post(bulletin);
  await it.post(messageAbout("invoices", "e-1"));
  expect(places(it).map(([thread]) => thread)).toEqual([undefined, undefined]);
});

test("where nobody learns where messages stand, there are no threads and no buttons", async () => {
  const it = channel(false);
  const request = { function: "invoke", payload: {} } as const;
  const waive = { kind: "waive", control: "ssl-only", days: 7, request } as const;
  await it.post(messageAbout("invoices", "e-1", { actions: [waive] }));
  await it.post(messageAbout("invoices", "e-2", { kind: "fixed" }));
  expect(places(it).map(([thread]) => thread)).toEqual([undefined, undefined]);
  expect(JSON.stringify(it.posts)).not.toContain('"actions"');
});
