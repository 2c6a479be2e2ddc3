import { expect, test } from "vitest";
import type { Alarm, AlarmEntry } from "./model/index.ts";
import { parseAccountId, parseRegion } from "./model/index.ts";
import type { Message } from "./notify/index.ts";
import { type AlarmPorts, raiseAlarm } from "./raise-alarm.ts";

const alarm: Alarm = {
  id: "a-1",
  on: {
    kind: "region",
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  },
  cause: {
    kind: "event",
    eventName: "StopLogging",
    eventId: "e-1",
    eventTime: "2026-11-20T10:15:00Z",
    actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser" },
  },
  service: "cloudtrail",
  resource: "audit",
  means: "nothing is heard",
  undo: "aws cloudtrail start-logging --name audit",
  byOwnRole: false,
};

type Broken = "find" | "save" | "publish";

/** A ledger and a channel in memory; what is in `broken` fails. */
function stage(broken: Set<Broken> = new Set()) {
  const entries = new Map<string, AlarmEntry>();
  const messages: Message[] = [];
  const guard = (what: Broken) => {
    if (broken.has(what)) throw new Error(`${what} is broken`);
  };
  const unused = () => Promise.reject(new Error("an alarm needs no more of the ledger"));
  const ports: AlarmPorts = {
    clock: { now: () => Date.UTC(2026, 10, 20, 10, 16), sleep: unused },
    channel: {
      publish: async (message) => {
        guard("publish");
        messages.push(message);
      },
    },
    ledger: {
      findAlarm: async (id) => {
        guard("find");
        return entries.get(id);
      },
      saveAlarm: async (entry) => {
        guard("save");
        entries.set(entry.alarm.id, entry);
      },
    },
  };
  return {
    broken,
    messages,
    entries,
    raise: (attempt = 1) => raiseAlarm(alarm, { attempt }, ports),
  };
}

const at = "2026-11-20T10:16:00.000Z";

test("an alarm is recorded and told, and its second delivery is not", async () => {
  const { raise, messages, entries } = stage();
  expect([await raise(), await raise()]).toEqual(["told", "known"]);
  expect([...entries.values()]).toEqual([{ alarm, at, announced: true }]);
  expect(messages.map(({ id, on, notices }) => [id, on, notices.map(({ kind }) => kind)])).toEqual([
    ["a-1", alarm.on, ["alarm"]],
  ]);
});

test("what could not be told is on record, and told when it is delivered again", async () => {
  const { raise, messages, entries, broken } = stage(new Set(["publish"]));
  await expect(raise()).rejects.toThrow("publish is broken");
  expect(entries.get("a-1")?.announced).toBe(false);
  broken.clear();
  expect(await raise(2)).toBe("told");
  expect(messages.length).toBe(1);
});

test.each(["find", "save"] as const)(
  "when the ledger fails (%s), it is tried once more, and then people come first",
  async (what) => {
    const { raise, messages, entries } = stage(new Set([what]));
    await expect(raise()).rejects.toThrow(`${what} is broken`);
    expect(messages).toEqual([]);
    expect(await raise(2)).toBe("unrecorded");
    expect([messages.length, entries.size]).toEqual([1, 0]);
  },
);

test("a ledger that is back in time has the record, and nothing is told twice", async () => {
  const { raise, messages, broken } = stage(new Set(["save"]));
  await expect(raise()).rejects.toThrow("save is broken");
  broken.clear();
  expect([await raise(2), await raise(3)]).toEqual(["told", "known"]);
  expect(messages.length).toBe(1);
});
