import { createAlarms } from "./alarms.ts";
import { createBus } from "./bus.ts";
import { createDashboard } from "./dashboard.ts";
import { createKey } from "./encryption.ts";
import { createFunctions } from "./functions.ts";
import { createLedger, createStopSwitch } from "./ledger.ts";
import { createMembers } from "./members.ts";
import { createQueues } from "./queues.ts";
import { createSchedules } from "./schedules.ts";
import { createSlack } from "./slack.ts";
import { stageNamed } from "./stage.ts";
import { workOffQueues } from "./tasks.ts";
import { createTopics } from "./topics.ts";

/** Makes everything of the stage that is deployed; answers what people need to know about it. */
export function deploy() {
  const stage = stageNamed($app.stage);
  const key = createKey(stage);
  const topics = createTopics(stage, key);
  const ledger = createLedger(stage);
  const stopSwitch = createStopSwitch(stage);
  const queues = createQueues(stage);
  const parts = { key, topics, ledger, stopSwitch, queues };
  const functions = createFunctions(stage, parts);
  workOffQueues(stage, functions, queues);
  createSchedules(stage, functions, queues);
  const bus = createBus(stage, functions, queues);
  createMembers(stage);
  const slack = createSlack(stage, parts);
  createAlarms(stage, topics);
  createDashboard(stage);
  return {
    bus: bus.arn,
    ledger: ledger.name,
    messages: topics.messages.arn,
    stopSwitch: stopSwitch.name,
    invoke: functions.invoke.name,
    ...(slack === undefined ? {} : { slackRequestUrl: slack.url }),
  };
}
