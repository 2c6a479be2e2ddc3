import { InputError } from "@bucket-warden/core/kernel";
import { resourceId, slackUserName } from "@bucket-warden/core/model";
import { type Begun, type Push, requestFor } from "@bucket-warden/core/slack";
import type { Context } from "aws-lambda";
import { start, workFor } from "../asked.ts";
import type { Wiring } from "../wiring.ts";

/** Queues what a push asks for, on the resource that its message is about. */
export async function begin({ press }: Push, context: Context, wiring: Wiring): Promise<Begun> {
  const { by, ask, id } = press;
  const who = { by: slackUserName(by), ask: ask.kind, push: id };
  try {
    const request = requestFor(press);
    const work = await workFor(request, { ...context, awsRequestId: id }, wiring);
    // A request about an account means all in it; a button means one resource.
    const tasks = work.tasks.filter(({ ref }) => resourceId(ref) === resourceId(ask.on));
    await start({ ...work, tasks }, wiring);
    wiring.logger.info("push accepted", { ...who, tasks: tasks.length });
    wiring.metrics?.addMetric("SlackPush", "Count", 1);
    const [task] = tasks;
    if (task !== undefined) return { kind: "begun", task: task.id };
    return { kind: "refused", why: "it means nothing that there is" };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    wiring.logger.warn("push refused", { ...who, why: error.message });
    wiring.metrics?.addMetric("SlackPushRefused", "Count", 1);
    return { kind: "refused", why: error.message };
  }
}
