import { controls } from "@bucket-warden/core/controls";
import { eventRules } from "@bucket-warden/core/event";
import { expect, inject, test } from "vitest";
import type { Resource } from "../../scripts/stacks/resource.ts";

const organization = inject("organization");
const account = inject("account");

/** `Queue Tasks, DeadTasks`: what is made, without the parts of SST's own components. */
function namesByType(resources: readonly Resource[]): Readonly<Record<string, string>> {
  const own = resources.filter(
    ({ type }) => type.startsWith("aws:") && !type.startsWith("aws:s3/"),
  );
  const groups = Object.groupBy(own, ({ type }) => type.split(":").at(-1) ?? "");
  const entries = Object.entries(groups).map(([type, some = []]) => [
    type,
    some
      .map(({ name }) => name)
      .sort()
      .join(" "),
  ]);
  return Object.fromEntries(entries.sort());
}

test("a deployment for an organization makes these", () => {
  const { EventRule, EventTarget, ...made } = namesByType(organization.resources);
  const rules = [...eventRules(controls).map(({ name }) => name), "sweep", "deliver", "digest"];
  expect(EventRule?.split(" ")).toHaveLength(rules.length);
  expect(EventTarget).toBe(EventRule?.replaceAll(/Rule\b/g, "Target"));
  expect(made).toMatchInlineSnapshot(`
    {
      "Alias": "KeyAlias",
      "Dashboard": "Dashboard",
      "EventBus": "Bus",
      "EventBusPolicy": "BusPolicy",
      "EventSourceMapping": "LooksToLook TasksToRemediate",
      "Function": "DeliverFunction DigestFunction HistoryFunction IntakeFunction InvokeFunction LookFunction NotifySlackFunction RemediateFunction SlackActionFunction SlackWorkFunction SweepFunction",
      "FunctionEventInvokeConfig": "DeliverEventInvokeConfig DigestEventInvokeConfig IntakeEventInvokeConfig NotifySlackEventInvokeConfig SlackWorkEventInvokeConfig SweepEventInvokeConfig",
      "FunctionUrl": "SlackActionUrl",
      "Key": "Key",
      "LogGroup": "DeliverLogGroup DigestLogGroup HistoryLogGroup IntakeLogGroup InvokeLogGroup LookLogGroup NotifySlackLogGroup RemediateLogGroup SlackActionLogGroup SlackWorkLogGroup SweepLogGroup",
      "MetricAlarm": "AwsThrottlesAlarm ContestedAlarm DeadLooksAlarm DeadTasksAlarm DeliverErrorsAlarm DeliverThrottledAlarm IntakeErrorsAlarm IntakeThrottledAlarm LargeSweepAlarm LedgerThrottledAlarm LookErrorsAlarm LookThrottledAlarm LooksLateAlarm MessagesFailedAlarm MessagesGivenUpAlarm NoEventsAlarm NoSweepAlarm RemediateErrorsAlarm RemediateThrottledAlarm SlowRepairAlarm StopSwitchAlarm SweepErrorsAlarm SweepThrottledAlarm TamperAlarm TasksLateAlarm UndeliveredAlarm UnreadAlarm WriteBudgetAlarm",
      "Parameter": "StopSwitch",
      "Permission": "DeliverPermission DigestPermission IntakePermission NotifySlackPermission SlackActionInvokeFunction SlackActionPublicFunctionUrlAccess SweepPermission",
      "Queue": "DeadLooks DeadTasks Looks Tasks Undelivered",
      "QueuePolicy": "DeadLooksPolicy DeadTasksPolicy LooksPolicy TasksPolicy UndeliveredPolicy",
      "Role": "DeliverRole DigestRole HistoryRole IntakeRole InvokeRole LookRole NotifySlackRole RemediateRole SlackActionRole SlackWorkRole SweepRole",
      "StackInstances": "MemberInstances",
      "StackSet": "Members",
      "Table": "Ledger",
      "Topic": "Alarms Messages",
      "TopicPolicy": "AlarmsPolicy MessagesPolicy",
      "TopicSubscription": "AlarmsTo0 MessagesTo0 MessagesToSlack",
    }
  `);
});

test("a deployment for one account makes the same, but for what only an organization needs", () => {
  const own = new Set(account.resources.map(({ name }) => name));
  const others = new Set(organization.resources.map(({ name }) => name));
  const aboutSlack = (name: string) => /Slack/.test(name);
  const only = (some: ReadonlySet<string>, not: ReadonlySet<string>) =>
    [...some].filter((name) => !not.has(name) && !aboutSlack(name)).sort();
  expect(only(own, others)).toEqual([
    "Member-eu-central-1",
    "Member-us-east-1",
    "bucket-warden-sandbox",
  ]);
  expect(only(others, own)).toEqual([
    "BusPolicy",
    "MemberInstances",
    "Members",
    "MessagesTo0",
    "NoEventsAlarm",
    "bucket-warden-production",
  ]);
  expect([...own].filter(aboutSlack)).toEqual([]);
});

test("production is protected and keeps its ledger, another stage can be removed", () => {
  const ledgerOf = (resources: readonly Resource[]) =>
    resources.find(({ name }) => name === "Ledger");
  expect(organization.app).toMatchObject({ protect: true, removal: "retain" });
  expect(ledgerOf(organization.resources)).toMatchObject({
    retainOnDelete: true,
    inputs: { deletionProtectionEnabled: true },
  });
  expect(account.app).toMatchObject({ protect: false, removal: "remove" });
  expect(ledgerOf(account.resources)).toMatchObject({
    retainOnDelete: false,
    inputs: { deletionProtectionEnabled: false },
  });
});

test("it can be deployed into the account of the settings alone", () => {
  expect(organization.app.providers.aws).toEqual({
    region: "eu-central-1",
    allowedAccountIds: ["111122223333"],
  });
});

test("a deployment never switches the stop switch", () => {
  const [stopSwitch] = organization.resources.filter(({ name }) => name === "StopSwitch");
  expect(stopSwitch?.ignoreChanges).toEqual(["value"]);
});
