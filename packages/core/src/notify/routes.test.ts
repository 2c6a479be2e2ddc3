import { expect, test } from "vitest";
import { alarm, news, usualTopic } from "../../../../test/notify/messages.ts";
import { parseBaseline } from "../baseline/index.ts";
import type { Message } from "./message.ts";
import { destinationKey, lettersOf } from "./routes.ts";

const midday = Date.UTC(2026, 10, 20, 12);
const midnight = Date.UTC(2026, 10, 20, 23, 30);
const topic = (name: string) => `arn:aws:sns:eu-west-1:111122223333:${name}`;
const unit = "ou-ab12-11111111";

function sent(notifications: object, message: Message = news, now = midday) {
  const baseline = parseBaseline({ notifications }, "test");
  const routing = { notifications: baseline.notifications, topic: usualTopic, now };
  return lettersOf(message, routing).map(({ to, message: own, waits }) => ({
    to: to.kind === "topic" ? (to.topic.split(":").at(-1) ?? "") : to.kind,
    news: own.notices.map(({ control }) => control),
    ...(waits ? { waits } : {}),
  }));
}

const usual = (...controls: readonly string[]) => ({ to: "bucket-warden", news: controls });
const both = ["ssl-only", "versioning"];
const route = (match: object, more: object = {}) => ({
  name: JSON.stringify(match),
  match,
  to: [{ topic: topic("team") }],
  ...more,
});

test.each<{
  name: string;
  routes: readonly object[];
  message?: Message;
  letters: readonly object[];
}>([
  {
    name: "without routes everything goes to the usual topic",
    routes: [],
    letters: [usual(...both)],
  },
  {
    name: "a route takes what it names, the rest goes the usual way",
    routes: [route({ severities: ["warning"] })],
    letters: [{ to: "team", news: ["ssl-only"] }, usual("versioning")],
  },
  {
    name: "a route without criteria takes everything",
    routes: [route({})],
    letters: [{ to: "team", news: both }],
  },
  {
    name: "the first route that fits decides",
    routes: [
      route({ outcomes: ["fixed"] }, { to: [{ topic: topic("log") }] }),
      route({ accounts: ["111122223333"] }),
    ],
    letters: [
      { to: "team", news: ["ssl-only"] },
      { to: "log", news: ["versioning"] },
    ],
  },
  {
    name: "all criteria must fit",
    routes: [route({ controls: ["ssl-only"], severities: ["info"] })],
    letters: [usual(...both)],
  },
  {
    name: "a route can have several places",
    routes: [
      route({}, { to: [{ topic: topic("team") }, { topic: topic("lake"), format: "ocsf" }] }),
    ],
    letters: [
      { to: "team", news: both },
      { to: "lake", news: both },
    ],
  },
  {
    name: "what two routes send to one place arrives there as one message",
    routes: [route({ controls: ["versioning"] }), route({ controls: ["ssl-only"] })],
    letters: [{ to: "team", news: both }],
  },
  {
    name: "a unit above the account",
    routes: [route({ organizationalUnits: [unit] })],
    message: { ...news, organizationalUnits: ["ou-ab12-22222222", unit, "r-ab12"] },
    letters: [{ to: "team", news: both }],
  },
  {
    name: "another unit",
    routes: [route({ organizationalUnits: [unit] })],
    message: { ...news, organizationalUnits: ["r-ab12"] },
    letters: [usual(...both)],
  },
  {
    name: "units that could not be read: both get it, because either may be meant",
    routes: [route({ organizationalUnits: [unit] })],
    letters: [{ to: "team", news: both }, usual(...both)],
  },
  {
    name: "an alarm has a route of its own",
    routes: [route({ controls: ["tamper-watch"] })],
    message: alarm,
    letters: [{ to: "team", news: ["tamper-watch"] }],
  },
])("routes: $name", ({ routes, message, letters }) => {
  expect(sent({ routes }, message)).toEqual(letters);
});

const quietHours = { from: "22:00", to: "07:00" };

test("in quiet hours news wait, unless their route says otherwise", () => {
  const routes = [route({ severities: ["warning"] }, { evenWhenQuiet: true })];
  expect(sent({ quietHours, routes }, news, midnight)).toEqual([
    { to: "team", news: ["ssl-only"] },
    { ...usual("versioning"), waits: true },
  ]);
  expect(sent({ quietHours, routes })).toEqual([
    { to: "team", news: ["ssl-only"] },
    usual("versioning"),
  ]);
});

test("nobody sleeps through an alarm", () => {
  expect(sent({ quietHours }, alarm, midnight)).toEqual([usual("tamper-watch")]);
});

test("Security Hub gets everything whole, also at night", () => {
  const routes = [route({ outcomes: ["fixed"] })];
  expect(sent({ securityHub: true, quietHours, routes }, news, midnight)).toEqual([
    { ...usual("ssl-only"), waits: true },
    { to: "team", news: ["versioning"], waits: true },
    { to: "security-hub", news: both },
  ]);
});

test("what goes along only for notices of others is left out", () => {
  const baseline = parseBaseline(
    { notifications: { routes: [route({ controls: ["ssl-only"] })] } },
    "test",
  );
  const proposals = [{ document: "policy", controls: ["ssl-only"], diff: ["+{}"] }];
  const [team, rest] = lettersOf(
    { ...news, proposals },
    { notifications: baseline.notifications, topic: usualTopic, now: midday },
  );
  expect([team?.message.changes, team?.message.proposals]).toEqual([[], proposals]);
  expect([rest?.message.changes, rest?.message.proposals]).toEqual([news.changes, []]);
});

test("a channel, a format or a topic of its own makes another destination", () => {
  const at = { kind: "topic", topic: usualTopic, format: "warden" } as const;
  const keys = [
    at,
    { ...at, format: "ocsf" } as const,
    { ...at, slackChannel: "C0123456789" },
    { ...at, topic: topic("team") },
    { kind: "security-hub" } as const,
  ].map(destinationKey);
  expect(new Set(keys).size).toBe(keys.length);
});
