import { createNotifySlack } from "@bucket-warden/functions/notify-slack";
import { createSlackAction } from "@bucket-warden/functions/slack-action";
import { createSlackWork } from "@bucket-warden/functions/slack-work";
import { type UrlRequest, urlEvent } from "../lambda/function-url.ts";
import { type FunctionSettings, invokeLambda, type LambdaHandler } from "../lambda/host.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Slack } from "../slack/slack.ts";
import { callQuery } from "./calls.ts";
import type { Deployment } from "./deploy.ts";

/** The Slack functions beside a deployment. */
export interface SlackDeployment {
  /** Sends what Slack would send to the function URL, and gives the status and what it answers. */
  readonly request: (
    request: UrlRequest,
  ) => Promise<{ readonly status: number; readonly body: string }>;
  /** Resolves when nothing is under way, and nobody waits for an outcome any more. */
  readonly idle: () => Promise<void>;
}

type FunctionName = "notify-slack" | "slack-action" | "slack-work";

export interface SlackSettings {
  /** More environment variables, or others than the usual ones. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** What one function has differently, such as the keys of its own role. */
  readonly variablesOf?: (name: FunctionName) => Readonly<Record<string, string>>;
}

/** Deploys the functions for Slack and subscribes them to the topic. */
export async function deploySlack(
  sandbox: Sandbox,
  deployment: Deployment,
  slack: Slack,
  settings: SlackSettings = {},
): Promise<SlackDeployment> {
  const variables = {
    ...deployment.variables,
    WARDEN_SLACK_CHANNEL: slack.channel,
    WARDEN_SLACK_TOKEN: slack.token,
    WARDEN_SLACK_SIGNING_SECRET: slack.signingSecret,
    WARDEN_SLACK_API_URL: slack.apiUrl,
    ...settings.variables,
  };
  const variablesFor = (name: FunctionName) => ({ ...variables, ...settings.variablesOf?.(name) });
  offer(sandbox, "notify-slack", () => createNotifySlack(variablesFor("notify-slack")));
  offer(sandbox, "slack-work", () => createSlackWork(variablesFor("slack-work")));
  const action = atFirstCall(() => createSlackAction(variablesFor("slack-action")));
  await subscribe(sandbox, deployment);
  return {
    request: async (request) => {
      const event = urlEvent(request, sandbox.world.now());
      const { statusCode = 200, body = "" } = await invokeLambda(
        action,
        event,
        settingsOf(sandbox, "slack-action"),
      );
      return { status: statusCode, body };
    },
    idle: async () => {
      do {
        await deployment.idle();
        await Promise.all(sandbox.world.background);
      } while (sandbox.world.background.size > 0);
    },
  };
}

/** As in Lambda, where a function that nobody calls may lack what it needs. */
function atFirstCall<E, R>(create: () => LambdaHandler<E, R>): LambdaHandler<E, R> {
  let handler: LambdaHandler<E, R> | undefined;
  return (event, context) => {
    handler ??= create();
    return handler(event, context);
  };
}

function offer<E, R>(sandbox: Sandbox, name: string, create: () => LambdaHandler<E, R>): void {
  const settings = settingsOf(sandbox, name);
  const handler = atFirstCall(create);
  // Whoever invokes it sends what it takes; a test that does not fails on it.
  const run = (event: unknown) => invokeLambda(handler, event as E, settings);
  sandbox.world.functions.set(settings.functionName, run);
}

async function subscribe(sandbox: Sandbox, { resources }: Deployment): Promise<void> {
  const { region, account } = sandbox;
  await callQuery(sandbox, "sns", {
    Action: "Subscribe",
    TopicArn: resources.topicArn,
    Protocol: "lambda",
    Endpoint: `arn:aws:lambda:${region}:${account}:function:bucket-warden-notify-slack`,
    Version: "2010-03-31",
  });
}

function settingsOf({ account, region }: Sandbox, name: string): FunctionSettings {
  return { functionName: `bucket-warden-${name}`, timeoutMilliseconds: 60_000, account, region };
}
