import { expect, test } from "vitest";
import { parseSlackEnvironment, required } from "./environment.ts";

const defaults = {
  users: [],
  workFunction: "bucket-warden-slack-work",
  apiUrl: "https://slack.com/api/",
};

test("without Slack nothing has to be set", () => {
  expect(parseSlackEnvironment({})).toEqual(defaults);
});

test("a bot's token and the signing secret are given by name, and who may push buttons", () => {
  const variables = {
    WARDEN_SLACK_CHANNEL: "C0ALERTS",
    WARDEN_SLACK_TOKEN_PARAMETER: "/warden/token",
    WARDEN_SLACK_SIGNING_SECRET_PARAMETER: "/warden/secret",
    WARDEN_SLACK_USERS: " U0ALICE, W0BOB ,",
    WARDEN_SLACK_USER_GROUP: "S0GUARDS",
    WARDEN_SLACK_WORK_FUNCTION: "work",
  };
  expect(parseSlackEnvironment(variables)).toEqual({
    ...defaults,
    channel: "C0ALERTS",
    token: { parameter: "/warden/token" },
    signingSecret: { parameter: "/warden/secret" },
    users: ["U0ALICE", "W0BOB"],
    userGroup: "S0GUARDS",
    workFunction: "work",
  });
});

test("a webhook is enough to be told", () => {
  const url = "https://hooks.slack.com/services/T/B/x";
  expect(parseSlackEnvironment({ WARDEN_SLACK_WEBHOOK: url })).toEqual({
    ...defaults,
    webhook: { value: url },
  });
});

test.each([
  {
    name: "a secret that is short enough to guess",
    variables: { WARDEN_SLACK_SIGNING_SECRET: "" },
    says: "environment variable WARDEN_SLACK_SIGNING_SECRET: ",
  },
  {
    name: "a secret twice",
    variables: { WARDEN_SLACK_TOKEN: "xoxb-1", WARDEN_SLACK_TOKEN_PARAMETER: "/token" },
    says: "WARDEN_SLACK_TOKEN: it is set beside WARDEN_SLACK_TOKEN_PARAMETER",
  },
  {
    name: "a token and a webhook",
    variables: { WARDEN_SLACK_TOKEN: "xoxb-1", WARDEN_SLACK_WEBHOOK: "https://hooks.slack.com/x" },
    says: "WARDEN_SLACK_WEBHOOK: it is set beside a bot token",
  },
  {
    name: "a webhook that is no URL",
    variables: { WARDEN_SLACK_WEBHOOK: "hooks" },
    says: "environment variable WARDEN_SLACK_WEBHOOK: ",
  },
  {
    name: "a user by name",
    variables: { WARDEN_SLACK_USERS: "@alice" },
    says: "WARDEN_SLACK_USERS: it is not a list of user ids",
  },
  {
    name: "a group by name",
    variables: { WARDEN_SLACK_USER_GROUP: "guards" },
    says: "WARDEN_SLACK_USER_GROUP: it is not the id of a user group",
  },
])("$name is refused with the variable", ({ variables, says }) => {
  expect(() => parseSlackEnvironment(variables)).toThrow(says);
});

test("what a function cannot do without is named", () => {
  expect(() => required(undefined, "WARDEN_SLACK_TOKEN")).toThrow(
    "environment variable WARDEN_SLACK_TOKEN: it is not set",
  );
  expect(required("x", "any")).toBe("x");
});
