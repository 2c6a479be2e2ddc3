import { expect, test } from "vitest";
import { InputError } from "../../kernel/input-error.ts";
import { parseInteraction } from "./interaction.ts";

const on = { kind: "bucket", name: "invoices", account: "111122223333", region: "eu-west-1" };
const user = { id: "U0ALICE", username: "alice", name: "alice", team_id: "T0TEAM" };
const alice = { id: "U0ALICE", name: "alice", team: "T0TEAM" };
const place = { channel: "C0ALERTS", ts: "1763719200.000100" };
const container = { type: "message", channel_id: place.channel, message_ts: place.ts };
const waive = { kind: "waive", on, control: "ssl-only", days: 7 };

const press = {
  type: "block_actions",
  user,
  trigger_id: "13345224609.738474920.8088930838d88f008e0",
  container,
  response_url: "https://hooks.slack.com/actions/A/B/C",
};

function pressOf(ask: unknown) {
  return { ...press, actions: [{ type: "button", action_id: "a", value: JSON.stringify(ask) }] };
}

function submit(changes: Record<string, unknown> = {}, reason: string | null = "  a migration \n") {
  return {
    type: "view_submission",
    user,
    view: {
      callback_id: "waive",
      private_metadata: JSON.stringify({ ask: waive, at: place }),
      state: { values: { reason: { text: { type: "plain_text_input", value: reason } } } },
      ...changes,
    },
  };
}

function parse(payload: unknown) {
  return parseInteraction(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
}

test.each([
  { kind: "approve", on, control: "ssl-only", approval: "ssl-only/2026-11-24T00:00:00.000Z/f00" },
  { kind: "repair", on, control: "ssl-only" },
  { kind: "undo", on, entry: "e-1" },
  waive,
  {
    kind: "diff",
    on: { kind: "account", account: "111122223333", region: "eu-west-1" },
    entry: "e",
  },
])("a button asks to $kind", (ask) => {
  expect(parse(pressOf(ask))).toEqual({
    kind: "pressed",
    by: alice,
    at: place,
    ask,
    trigger: press.trigger_id,
  });
});

test("a form gives the reason of a waiver in one line", () => {
  const given = { kind: "reasoned", by: alice, at: place, ask: waive };
  expect(parse(submit())).toEqual({ ...given, reason: "a migration" });
  expect(parse(submit({}, "first\n\nsecond\u0000"))).toMatchObject({
    reason: "first second\ufffd",
  });
});

test.each([
  { name: "nothing", reason: null },
  { name: "white space", reason: "   " },
])("a form with $name in it has no reason", ({ reason }) => {
  expect(parse(submit({}, reason))).toMatchObject({ kind: "reasoned", reason: "" });
});

test("what a name could do to a reader is taken out of it", () => {
  const name = `\u202e${"a".repeat(90)}\n`;
  const { by } = parse({ ...pressOf(waive), user: { id: "W01", name } }) as { by: unknown };
  expect(by).toEqual({ id: "W01", name: `\ufffd${"a".repeat(79)}` });
});

test.each([
  { name: "a closed form", payload: { type: "view_closed", user }, what: "view_closed" },
  {
    name: "a button that opens a page",
    payload: { ...press, actions: [{ type: "button", action_id: "a", url: "https://a.example" }] },
    what: "a button without a value",
  },
  { name: "another form", payload: submit({ callback_id: "other" }), what: "other" },
])("$name is ignored", ({ payload, what }) => {
  expect(parse(payload)).toEqual({ kind: "ignored", what });
});

const bad = { ...on, account: "1" };

test.each([
  { name: "no payload", body: "a=b", says: "payload: it is not JSON" },
  { name: "a payload that is no JSON", body: "payload=%7B", says: "payload: it is not JSON" },
  { name: "a text", payload: "hello", says: "payload: " },
  { name: "no user", payload: { ...pressOf(waive), user: {} }, says: "payload.user.id: " },
  {
    name: "a user whose id could be more than an id",
    payload: { ...pressOf(waive), user: { id: "U1> <!channel" } },
    says: "payload.user.id: is not the id of a user",
  },
  { name: "no message", payload: { ...pressOf(waive), container: {} }, says: "channel_id: " },
  { name: "no actions", payload: { ...press, actions: [] }, says: "payload.actions: " },
  {
    name: "a value that is no JSON",
    payload: { ...press, actions: [{ value: "yes" }] },
    says: "payload.actions.0.value: it is not JSON",
  },
  {
    name: "a wish that there is not",
    payload: pressOf({ kind: "delete", on }),
    says: "payload.actions.0.value.kind: ",
  },
  {
    name: "an account that is none",
    payload: pressOf({ ...waive, on: bad }),
    says: 'payload.actions.0.value.on.account: "1" is not an AWS account id',
  },
  {
    name: "a form about something else than a waiver",
    payload: submit({
      private_metadata: JSON.stringify({ ask: { kind: "undo", on, entry: "e" }, at: place }),
    }),
    says: "private_metadata.ask: is not about a waiver",
  },
])("$name is refused with its place", ({ body, payload, says }) => {
  const run = () => (body === undefined ? parse(payload) : parseInteraction(body));
  expect(run).toThrow(InputError);
  expect(run).toThrow(says);
});
