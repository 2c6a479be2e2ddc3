import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { checkSignature, type SignedRequest } from "./signature.ts";

// The example of Slack's own page about signing.
const example = {
  secret: "8f742231b10e8888abcd99yyyzzz85a5",
  body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
  timestamp: "1531420618",
  signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
};
const sentAt = Number(example.timestamp) * 1_000;

function check(changes: Partial<typeof example> & { readonly now?: number } = {}) {
  const { secret, body, now = sentAt, ...headers } = { ...example, ...changes };
  return checkSignature({ ...headers, body: Buffer.from(body) }, secret, now);
}

test("the example of Slack's page is genuine", () => {
  expect(check()).toEqual({ kind: "genuine", id: expect.any(String), at: sentAt });
});

test("the id is that of the request, however its signature is spelt", () => {
  const upper = { signature: `v0=${example.signature.slice(3).toUpperCase()}` };
  expect(check(upper)).toEqual(check());
  expect(idOf(signed("a", "1531420618"))).not.toBe(idOf(signed("b", "1531420618")));
  expect(idOf(signed("a", "1531420618"))).not.toBe(idOf(signed("a", "1531420619")));
});

test.each([
  { name: "five minutes old", now: sentAt + 300_000 },
  { name: "five minutes early", now: sentAt - 300_000 },
])("a request that is $name is taken", ({ now }) => {
  expect(check({ now })).toMatchObject({ kind: "genuine" });
});

const { signature } = example;

test.each([
  { name: "older than five minutes", changes: { now: sentAt + 300_001 }, why: "stale" },
  { name: "from the future", changes: { now: sentAt - 300_001 }, why: "stale" },
  { name: "changed by one letter", changes: { body: `${example.body}x` }, why: "forged" },
  { name: "empty", changes: { body: "" }, why: "forged" },
  { name: "signed with another secret", changes: { secret: "other" }, why: "forged" },
  { name: "given a later time", changes: { timestamp: "1531420619" }, why: "forged" },
  { name: "given its time in other digits", changes: { timestamp: "01531420618" }, why: "forged" },
  {
    name: "signed with another signature",
    changes: { signature: `v0=${"0".repeat(64)}` },
    why: "forged",
  },
  { name: "signed in another version", changes: { signature: "v1=00" }, why: "unsigned" },
  { name: "signed in part", changes: { signature: signature.slice(0, -2) }, why: "unsigned" },
  { name: "signed too long", changes: { signature: `${signature}00` }, why: "unsigned" },
  { name: "not signed", changes: { signature: "" }, why: "unsigned" },
  { name: "of no time", changes: { timestamp: "" }, why: "unsigned" },
  { name: "of a time that is none", changes: { timestamp: "now" }, why: "unsigned" },
  { name: "of a negative time", changes: { timestamp: "-1531420618" }, why: "unsigned" },
])("a request that is $name is refused", ({ changes, why }) => {
  expect(check(changes)).toEqual({ kind: "refused", why });
});

test("a request without headers is refused", () => {
  expect(checkSignature({ body: Buffer.from("a") }, "secret", 0)).toEqual({
    kind: "refused",
    why: "unsigned",
  });
});

test("bytes that are no text are signed like any other", () => {
  const body = Uint8Array.from([0xff, 0xfe, 0x00]);
  expect(checkSignature(signed(body, "1531420618"), example.secret, sentAt)).toMatchObject({
    kind: "genuine",
  });
});

function signed(body: string | Uint8Array, timestamp: string): SignedRequest {
  const bytes = Buffer.from(body);
  const hmac = createHmac("sha256", example.secret).update(`v0:${timestamp}:`).update(bytes);
  return { body: bytes, timestamp, signature: `v0=${hmac.digest("hex")}` };
}

function idOf(request: SignedRequest): string | undefined {
  const checked = checkSignature(request, example.secret, sentAt);
  return checked.kind === "genuine" ? checked.id : undefined;
}
