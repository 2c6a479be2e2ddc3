import { expect, test } from "vitest";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Cause } from "../model/trigger.ts";
import type { Change, Message, Notice } from "./message.ts";
import { causeText, subjectOf, textOf } from "./render.ts";

const event: Cause = {
  kind: "event",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: "2026-11-20T10:15:00Z",
  actor: { arn: "arn:aws:iam::111122223333:user/alice", type: "IAMUser" },
};
const fixed: Notice = {
  kind: "fixed",
  control: "ssl-only",
  saw: "the bucket policy does not enforce it",
  witness: "anonymous may call s3:GetObject over plain HTTP",
  did: "wrote the policy, read it back, and it is right",
  next: "",
};
const change: Change = {
  document: "policy",
  controls: ["ssl-only", "kms-enforcement"],
  diff: [" {", '+  "Sid": "BucketWardenSslOnly"', " }"],
};
const flagged: Notice = {
  kind: "flagged",
  control: "object-lock",
  saw: "the default retention rule is missing",
  did: "nothing was written: a person decides",
  next: "aws s3api put-object-lock-configuration …",
};

const message: Message = {
  id: "t-1",
  on: bucket("invoices"),
  cause: event,
  at: "2026-11-20T10:15:09.000Z",
  notices: [fixed, flagged],
  changes: [change],
};

function bucket(name: string): Message["on"] {
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("us-gov-west-1", "test"),
  };
}

test("a message about an account names it, and says where calls about it are made", () => {
  const { account, region } = bucket("invoices");
  const about = { ...message, on: { kind: "account", account, region } } as const;
  expect(subjectOf(about)).toBe("[Bucket Warden] fixed, flagged: account 111122223333");
  expect(textOf(about).split("\n")[0]).toBe(
    "AWS::::Account:111122223333 (account 111122223333, us-gov-west-1)",
  );
});

test("a message says where, why, what we saw, what we did and what one can do", () => {
  expect(textOf(message)).toBe(
    `arn:aws-us-gov:s3:::invoices (account 111122223333, us-gov-west-1)
PutBucketPolicy by arn:aws:iam::111122223333:user/alice at 2026-11-20T10:15:00Z

FIXED  ssl-only
  What we saw:     the bucket policy does not enforce it
  For example:     anonymous may call s3:GetObject over plain HTTP
  What we did:     wrote the policy, read it back, and it is right

FLAGGED  object-lock
  What we saw:     the default retention rule is missing
  What we did:     nothing was written: a person decides
  What you can do: aws s3api put-object-lock-configuration …

The policy was changed for ssl-only, kms-enforcement:
     {
    +  "Sid": "BucketWardenSslOnly"
     }

Ledger entry t-1, 2026-11-20T10:15:09.000Z`,
  );
});

test.each<{ cause: Cause; text: string }>([
  {
    cause: event,
    text: "PutBucketPolicy by arn:aws:iam::111122223333:user/alice at 2026-11-20T10:15:00Z",
  },
  {
    cause: { ...event, actor: { ...event.actor, invokedBy: "cloudformation.amazonaws.com" } },
    text: "PutBucketPolicy by arn:aws:iam::111122223333:user/alice through cloudformation.amazonaws.com at 2026-11-20T10:15:00Z",
  },
  { cause: { kind: "sweep", sweepId: "s-1" }, text: "found by sweep s-1" },
  {
    cause: { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "ticket 42" },
    text: "asked for by bob: ticket 42",
  },
])("the cause in one line: $text", ({ cause, text }) => {
  expect(causeText(cause)).toBe(text);
});

test("a subject names each kind of news once, and the bucket", () => {
  expect(subjectOf({ ...message, notices: [fixed, fixed, flagged] })).toBe(
    "[Bucket Warden] fixed, flagged: invoices",
  );
});

// SNS refuses 100; what is cut off is the name, which the text repeats.
test.each([63, 66, 67, 68, 90, 255])("a subject of a name of %i stays below 100", (length) => {
  const whole = `[Bucket Warden] fixed, flagged: ${"x".repeat(length)}`;
  expect(subjectOf({ ...message, on: bucket("x".repeat(length)) })).toBe(whole.slice(0, 99));
});

test("a subject is printable ASCII, whatever a control is called", () => {
  const odd = { ...fixed, kind: "fixéd\n\u001b" } as unknown as Notice;
  expect(subjectOf({ ...message, notices: [odd] })).toBe("[Bucket Warden] fix?d??: invoices");
});

test.each([
  ["an escape sequence", "\u001b[2J"],
  ["a bell", "\u0007"],
  ["a carriage return", "\r"],
  ["a C1 control", "\u009b"],
  ["a delete", "\u007f"],
])("%s in a text reaches nobody's terminal", (_name, text) => {
  const printed = textOf({
    ...message,
    notices: [{ ...fixed, saw: `before${text}after` }],
    changes: [{ ...change, diff: [`+${text}`] }],
  });
  expect(printed).not.toContain(text);
  expect(printed).toContain("before\ufffd");
});

/** A message with a text of strangers wherever there can be one. */
function forgedBy(text: string): Message {
  const forged = `audit${text}FIXED  ssl-only`;
  const cause: Cause = { kind: "manual", requestId: "r-1", requestedBy: forged, reason: forged };
  const notice = { ...fixed, saw: forged, did: forged, next: forged, witness: forged };
  return { ...message, cause, notices: [notice], changes: [{ ...change, diff: [forged] }] };
}

// It could forge a notice otherwise.
test.each(["\n", "\r\n", "\u2028", "\u2029", "\u202e", "\u2066"])(
  "%j in a text starts no line of its own, and turns none around",
  (text) => {
    const replaced = "\ufffd".repeat(text.length);
    expect(textOf(forgedBy(text))).toBe(textOf(forgedBy(replaced)));
  },
);
