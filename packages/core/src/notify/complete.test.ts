import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { NextAction } from "./actions.ts";
import { complete } from "./complete.ts";
import type { Message } from "./message.ts";

const desk = {
  region: "eu-west-1",
  functions: { invoke: "bucket-warden-invoke", history: "bucket-warden-history" },
};

function messageWith(...actions: readonly NextAction[]): Message {
  const where = {
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  };
  return {
    id: "t-1",
    on: { kind: "bucket", name: parseBucketName("invoices", "test"), ...where },
    cause: { kind: "sweep", sweepId: "s-1" },
    at: "2026-11-20T10:15:09.000Z",
    notices: [{ kind: "fixed", control: "ssl-only", saw: "", did: "", next: "", actions }],
    changes: [],
  };
}

const undo: NextAction = {
  kind: "undo",
  entry: "t-1",
  request: { function: "invoke", payload: { undo: "t-1", mode: "apply" } },
};
const history: NextAction = {
  kind: "history",
  entry: "t-1",
  request: { function: "history", payload: { bucket: "invoices", account: "111122223333" } },
};

function commandsOf(action: NextAction) {
  return complete(messageWith(action), { desk }).notices[0]?.actions?.[0]?.commands;
}

test("an undo is one command, of either tool", () => {
  expect(commandsOf(undo)).toEqual({
    warden: 'warden undo t-1 --function bucket-warden-invoke --reason "<why>"',
    aws: `aws lambda invoke --region eu-west-1 --function-name bucket-warden-invoke --cli-binary-format raw-in-base64-out --payload '{"undo":"t-1","mode":"apply","reason":"<why>","requestedBy":"<your name>"}' /dev/stdout`,
  });
});

test("looking asks for no reason", () => {
  expect(commandsOf(history)).toEqual({
    warden: "warden history invoices --account 111122223333 --function bucket-warden-history",
    aws: `aws lambda invoke --region eu-west-1 --function-name bucket-warden-history --cli-binary-format raw-in-base64-out --payload '{"bucket":"invoices","account":"111122223333"}' /dev/stdout`,
  });
});

const where = { bucket: "invoices", account: "111122223333" };
const remediate = "warden remediate invoices --account 111122223333";

test.each<{ name: string; action: NextAction; warden: string | undefined }>([
  {
    name: "an approval",
    action: {
      kind: "approve",
      control: "ssl-only",
      approval: "ssl-only/2026-11-24T12:00:00.000Z/4f0c",
      request: { function: "invoke", payload: { ...where, mode: "apply" } },
    },
    warden: `${remediate} --approval ssl-only/2026-11-24T12:00:00.000Z/4f0c --function bucket-warden-invoke --reason "<why>"`,
  },
  {
    name: "a repair",
    action: {
      kind: "repair",
      control: "cors",
      request: { function: "invoke", payload: { ...where, mode: "apply" } },
    },
    warden: `${remediate} --control cors --function bucket-warden-invoke --reason "<why>"`,
  },
  {
    name: "a repair of an account, which the command does not know,",
    action: {
      kind: "repair",
      control: "account-public-access",
      request: { function: "invoke", payload: { account: where.account, mode: "apply" } },
    },
    warden: undefined,
  },
])("$name is one command", ({ action, warden }) => {
  expect(commandsOf(action)?.warden).toBe(warden);
});

// Ids come from CloudTrail and from those who invoke.
test.each(["$(touch /x)", "a'; touch x; '", "a b", "`x`", "a\\"])(
  "an entry called %j stays one word for the shell",
  (entry) => {
    const commands = commandsOf({ ...undo, entry });
    const line = commands?.warden?.replace("warden", "printf '%s\\n'") ?? "";
    expect(execFileSync("sh", ["-c", line], { encoding: "utf8" }).split("\n")[1]).toBe(entry);
  },
);

test("a message gets the name of the account, and a link for each control", () => {
  const context = { desk, accountName: "Payments", runbook: "https://wiki/{control}?for={kind}" };
  const { accountName, notices } = complete(messageWith(), context);
  expect(accountName).toBe("Payments");
  expect(notices[0]?.runbook).toBe("https://wiki/ssl-only?for=fixed");
});

test("what is not configured is not there", () => {
  expect(complete(messageWith(), { desk })).toEqual(messageWith());
});
