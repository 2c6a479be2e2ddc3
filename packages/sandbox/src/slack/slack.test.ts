import { afterAll, expect, test } from "vitest";
import { startSlack } from "./slack.ts";

let now = 1_763_719_200_000;
const slack = await startSlack(() => now);
afterAll(() => slack.stop());
const alice = { id: "U0ALICE", name: "alice" };

async function call(method: string, given: object, token = slack.token) {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(given),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    ...JSON.parse(await response.text()),
  };
}

const plain = (text: string) => ({ type: "plain_text", text });
const header = { type: "header", text: plain("News") };
const rich = (...elements: readonly object[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});
const button = (changes: object = {}) => ({
  type: "actions",
  elements: [{ type: "button", text: plain("Go"), action_id: "go", value: "1", ...changes }],
});
const post = (blocks: unknown, more: object = {}) =>
  call("chat.postMessage", { channel: slack.channel, text: "news", blocks, ...more });

test("a message is posted, answered in its thread, and changed", async () => {
  const first = await post([header, button()]);
  expect(first).toMatchObject({ ok: true, channel: slack.channel });
  const answer = await post([header], { thread_ts: first.ts, reply_broadcast: true });
  expect(answer.ts).not.toBe(first.ts);
  const { channel } = slack;
  await call("chat.update", { channel, ts: first.ts, text: "old news", blocks: [header] });
  expect(slack.workspace.messages.slice(0, 2)).toMatchObject([
    { ts: first.ts, text: "old news", edits: 1, broadcast: false },
    { ts: answer.ts, thread: first.ts, broadcast: true },
  ]);
});

test.each([
  { name: "no token", run: () => call("chat.postMessage", {}, ""), error: "not_authed" },
  { name: "another token", run: () => call("chat.postMessage", {}, "x"), error: "invalid_auth" },
  { name: "another method", run: () => call("chat.delete", {}), error: "unknown_method" },
  { name: "another channel", run: () => post([], { channel: "C9" }), error: "channel_not_found" },
  { name: "nothing to say", run: () => post(undefined, { text: "" }), error: "no_text" },
  {
    name: "too much text",
    run: () => post([], { text: "x".repeat(40_001) }),
    error: "msg_too_long",
  },
  {
    name: "a message that is not there",
    run: () => call("chat.update", { channel: slack.channel, ts: "1.1", text: "x" }),
    error: "message_not_found",
  },
  { name: "blocks that are no JSON", run: () => post("{"), error: "invalid_blocks_format" },
  {
    name: "51 blocks",
    run: () => post(Array.from({ length: 51 }, () => header)),
    error: "invalid_blocks",
  },
  { name: "an unknown block", run: () => post([{ type: "poem" }]), error: "invalid_blocks" },
  {
    name: "an unknown member",
    run: () => post([{ ...header, color: "red" }]),
    error: "invalid_blocks",
  },
  {
    name: "a long header",
    run: () => post([{ type: "header", text: plain("x".repeat(151)) }]),
    error: "invalid_blocks",
  },
  {
    name: "markup in a header",
    run: () => post([{ type: "header", text: { type: "mrkdwn", text: "*x*" } }]),
    error: "invalid_blocks",
  },
  {
    name: "a long section",
    run: () => post([{ type: "section", text: plain("x".repeat(3_001)) }]),
    error: "invalid_blocks",
  },
  {
    name: "a long value",
    run: () => post([button({ value: "x".repeat(2_001) })]),
    error: "invalid_blocks",
  },
  {
    name: "a long button",
    run: () => post([button({ text: plain("x".repeat(76)) })]),
    error: "invalid_blocks",
  },
  {
    name: "no buttons",
    run: () => post([{ type: "actions", elements: [] }]),
    error: "invalid_blocks",
  },
  {
    name: "an empty text",
    run: () => post([rich({ type: "text", text: "" })]),
    error: "invalid_blocks",
  },
  {
    name: "a group that is not there",
    run: () => call("usergroups.users.list", { usergroup: "S9" }),
    error: "no_such_subteam",
  },
  {
    name: "a form that nobody asked for",
    run: () => call("views.open", { trigger_id: "1", view: {} }),
    error: "invalid_trigger_id",
  },
])("$name is refused", async ({ run, error }) => {
  expect(await run()).toMatchObject({ status: 200, ok: false, error });
});

test("a form opens once, within three seconds of the push", async () => {
  await post([button()]);
  const message = slack.workspace.messages.at(-1);
  if (message === undefined) throw new Error("nothing was posted");
  const view = { type: "modal", title: plain("Why"), blocks: [header] };
  const trigger = () => {
    const payload =
      new URLSearchParams(slack.press(alice, message, "Go").body).get("payload") ?? "";
    return String(JSON.parse(payload).trigger_id);
  };
  const used = trigger();
  expect(await call("views.open", { trigger_id: used, view })).toMatchObject({ ok: true });
  expect(await call("views.open", { trigger_id: used, view })).toMatchObject({
    error: "invalid_trigger_id",
  });
  const late = trigger();
  now += 3_001;
  expect(await call("views.open", { trigger_id: late, view })).toMatchObject({
    error: "expired_trigger_id",
  });
  const long = { ...view, title: plain("x".repeat(25)) };
  expect(await call("views.open", { trigger_id: trigger(), view: long })).toMatchObject({
    error: "invalid_arguments",
  });
});

test("too many calls are told to wait, and a broken Slack has no answer", async () => {
  slack.limit(1, 30);
  expect(await post([header])).toMatchObject({
    status: 429,
    retryAfter: "30",
    error: "ratelimited",
  });
  expect(await post([header])).toMatchObject({ status: 200, ok: true });
  slack.fail(1);
  const { status } = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST" });
  expect(status).toBe(500);
});

test("a webhook takes the same messages, and answers in text", async () => {
  const hook = (body: object) =>
    fetch(slack.webhookUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const taken = await hook({ text: "by hook", blocks: [header] });
  expect([taken.status, await taken.text()]).toEqual([200, "ok"]);
  expect(slack.workspace.messages.at(-1)).toMatchObject({ text: "by hook" });
  const refused = await hook({ text: "x", blocks: [{ type: "poem" }] });
  expect([refused.status, await refused.text()]).toEqual([400, "invalid_blocks"]);
});

test.each([
  {
    name: "a call to everybody",
    block: rich({ type: "broadcast", range: "channel" }),
    does: ["<!channel>"],
  },
  { name: "a mention", block: rich({ type: "user", user_id: "U1" }), does: ["<@U1>"] },
  {
    name: "markup in a section",
    block: { type: "section", text: { type: "mrkdwn", text: "<!here> *loud* http://a.example" } },
    does: ["<!here>", "*loud*", "http://a.example"],
  },
  {
    name: "the same text in rich text",
    block: rich({ type: "text", text: "<!here> *loud* http://a.example" }),
    does: [],
  },
])("what $name does is seen", async ({ block, does }) => {
  await post([block]);
  const message = slack.workspace.messages.at(-1);
  expect(message === undefined ? [] : slack.effects(message)).toEqual(does);
});
