import { InputError } from "@bucket-warden/core/kernel";
import { expect, test } from "vitest";
import { namesOf } from "../../stacks/names.ts";
import { parseSettings, type SettingsInput, settingsOf } from "../../stacks/settings.ts";
import { stages } from "../../stacks/stages.ts";

const account: SettingsInput = {
  hub: { account: "111122223333", region: "eu-central-1" },
  guard: "account",
  externalId: "bucket-warden-1",
  baseline: {},
};
const guard = {
  id: "o-exampleorgid",
  units: ["ou-exam-workload"],
  deployAs: "delegated-administrator",
} as const;

test.each(Object.keys(stages))("the example %s is right", (stage) => {
  expect(settingsOf(stages, stage).hub.region).toBe("eu-central-1");
});

test("what is left out has a default", () => {
  expect(parseSettings(account, "stages.test")).toEqual({
    ...account,
    regions: [],
    removesPolicies: false,
    sweep: "rate(1 day)",
    digest: "cron(0 7 * * ? *)",
    messagesTo: [],
    alarmsTo: [],
    ledgerDays: 400,
    logRetention: "1 year",
    repairsAtOnce: 10,
    eventsAtOnce: 20,
    looksAtOnce: 5,
  });
});

test.each([
  {
    name: "an account id that is none",
    settings: { ...account, hub: { account: "1", region: "eu-central-1" } },
    message: "stages.test.hub.account: it is not an account id of 12 digits",
  },
  {
    name: "a Region that is none",
    settings: { ...account, regions: ["Frankfurt"] },
    message: "stages.test.regions.0: it is not a Region such as eu-central-1",
  },
  {
    name: "an organization without units",
    settings: { ...account, guard: { ...guard, units: [] } },
    message: "stages.test.guard.units: it names no unit",
  },
  {
    name: "a unit that is none",
    settings: { ...account, guard: { ...guard, units: ["Workloads"] } },
    message: "stages.test.guard.units.0: it is not the id of a unit",
  },
  {
    name: "a guard that is neither",
    settings: { ...account, guard: "everything" },
    message: 'stages.test.guard: it is neither "account" nor an organization',
  },
  {
    name: "a setting that there is not",
    settings: { ...account, region: "eu-central-1" },
    message: "stages.test: Unrecognized key",
  },
  {
    name: "a baseline with a control that there is not",
    settings: { ...account, baseline: { "ssl-onli": {} } },
    message: "stages.test.baseline: ",
  },
  {
    name: "a schedule that is none",
    settings: { ...account, sweep: "rate(7 days)" },
    message: "stages.test.sweep: it is no rate(…) of a day or less and no cron(…)",
  },
  {
    name: "Slack without a secret",
    settings: { ...account, slack: { channel: "C0EXAMPLE" } },
    message: "stages.test.slack: it needs channel, tokenParameter and signingSecretParameter",
  },
  {
    name: "one repair at a time, which the queue does not offer",
    settings: { ...account, repairsAtOnce: 1 },
    message: "stages.test.repairsAtOnce: the queue needs at least 2",
  },
  {
    name: "an external id that everybody guesses",
    settings: { ...account, externalId: "x" },
    message: "stages.test.externalId: it has fewer than 8 characters",
  },
])("refuses $name", ({ settings, message }) => {
  expect(() => parseSettings(settings, "stages.test")).toThrow(message);
  expect(() => parseSettings(settings, "stages.test")).toThrow(InputError);
});

test("a stage that there is not names those that there are", () => {
  expect(() => settingsOf(stages, "prod")).toThrow(
    'there is no stage "prod". Add it, or deploy one of production, sandbox with --stage.',
  );
});

test.each([
  { region: "eu-central-1", regions: [], events: ["eu-central-1", "us-east-1"] },
  { region: "us-east-1", regions: ["us-east-1"], events: ["us-east-1"] },
  { region: "cn-north-1", regions: [], events: ["cn-north-1", "cn-northwest-1"] },
])("events of $region come from $events", ({ region, regions, events }) => {
  const settings = parseSettings(
    { ...account, hub: { ...account.hub, region }, regions },
    "stages.test",
  );

  const names = namesOf("test", settings);

  expect(names.eventRegions).toEqual(events);
  expect(names.regions).toEqual([region]);
});

test("production has the names that the command line expects, another stage has its own", () => {
  const settings = parseSettings(account, "stages.test");

  const [production, test] = [namesOf("production", settings), namesOf("test", settings)];

  expect(production.prefix).toBe("bucket-warden");
  expect(test.busArn).toBe("arn:aws:events:eu-central-1:111122223333:event-bus/bucket-warden-test");
});
