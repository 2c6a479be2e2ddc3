import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { listOf, membersOf } from "../../scripts/stacks/policies.ts";
import type { Resource } from "../../scripts/stacks/resource.ts";
import { alarmRules } from "../../stacks/alarm-list.ts";

const { resources } = inject("organization");
const of = (type: string) => resources.filter((it) => it.type.endsWith(`:${type}`));
const alarms = of("MetricAlarm");
const physical = (some: readonly Resource[]) => some.map(({ inputs }) => inputs["name"]);

/** The resources that a metric of AWS can be about, by its dimension. */
const named: Readonly<Record<string, readonly unknown[]>> = {
  QueueName: physical(of("Queue")),
  FunctionName: physical(of("Function")),
  TopicName: physical(of("Topic")),
  TableName: physical(of("Table")),
  service: ["bucket-warden"],
};

test("every alarm is about something that is deployed, and tells people", () => {
  expect(alarms).toHaveLength(alarmRules("bucket-warden", "organization").length);
  for (const { name, inputs } of alarms) {
    const dimensions = Object.entries(membersOf(inputs["dimensions"]));
    expect(dimensions, name).toHaveLength(1);
    for (const [dimension, value] of dimensions) expect(named[dimension], name).toContain(value);
    const topic = ["arn:aws:sns:eu-central-1:111122223333:bucket-warden-alarms"];
    expect(inputs).toMatchObject({ alarmActions: topic, okActions: topic });
    expect(inputs["alarmDescription"]).toMatch(/docs\/runbook\.md#[a-z-]+$/);
  }
});

test("these alarms rest on what the functions count", () => {
  const own = alarms.filter(({ inputs }) => inputs["namespace"] === "BucketWarden");
  const metrics = own.map(({ inputs }) => `${inputs["name"]}: ${inputs["metricName"]}`);
  expect(metrics).toEqual([
    "bucket-warden-tamper: Alarms",
    "bucket-warden-contested: Outcome-contested",
    "bucket-warden-unread: Unread",
    "bucket-warden-aws-throttles: Unread-throttled",
    "bucket-warden-messages-given-up: MessagesGivenUp",
    "bucket-warden-slow-repair: TimeToRepair",
    "bucket-warden-no-sweep: Sweeps",
    "bucket-warden-stop-switch: HeldBy-stop-switch",
    "bucket-warden-write-budget: HeldBy-write-budget",
    "bucket-warden-large-sweep: HeldBy-large-sweep",
    "bucket-warden-no-events: EventsAccepted",
  ]);
});

test("the runbook says for each alarm what to do", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "runbook.md"), "utf8");
  const sections = text.split("\n").filter((line) => line.startsWith("### "));
  const names = alarmRules("w", "organization").map(({ name }) => `### ${name}`);
  expect(sections.filter((section) => names.includes(section)).sort()).toEqual(names.sort());
});

test("only an organization is never silent for a day", () => {
  const namesFor = (guards: "account" | "organization") =>
    alarmRules("w", guards).map(({ name }) => name);
  expect(namesFor("organization").filter((name) => !namesFor("account").includes(name))).toEqual([
    "no-events",
  ]);
});

test("an alarm has a limit on one side, and CloudWatch can look back so far", () => {
  for (const { name, over, below, periodSeconds, periods } of alarmRules("w", "organization")) {
    expect(
      [over, below].filter((limit) => limit !== undefined),
      name,
    ).toHaveLength(1);
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
    const longest = periodSeconds >= 3_600 ? 7 * 86_400 : 86_400;
    expect(periodSeconds * periods, name).toBeLessThanOrEqual(longest);
  }
});

test("the dashboard shows every alarm, and its graphs are about what is deployed", () => {
  const [dashboard] = of("Dashboard");
  const body = membersOf(JSON.parse(String(dashboard?.inputs["dashboardBody"])));
  const [first, ...graphs] = listOf(body["widgets"]).map((it) =>
    membersOf(membersOf(it)["properties"]),
  );
  expect(listOf(first?.["alarms"])).toEqual(
    physical(alarms).map((name) => `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`),
  );
  expect(graphs.map((it) => it["title"])).toEqual(expect.arrayContaining(["Events", "Outcomes"]));
  const lines = graphs.flatMap((it) => listOf(it["metrics"]).map(listOf));
  expect(lines.length).toBeGreaterThan(30);
  for (const [, , dimension, value] of lines) expect(named[String(dimension)]).toContain(value);
});
