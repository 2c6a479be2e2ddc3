import { createFunction, type Parts } from "./functions.ts";
import type { Stage } from "./stage.ts";

/**
 * Tells people in Slack, and does what they push there. Answers the function that Slack calls, where
 * there is an app: a webhook tells and cannot ask.
 */
export function createSlack(stage: Stage, parts: Parts): sst.aws.Function | undefined {
  const { slack } = stage.settings;
  if (slack === undefined) return undefined;
  const common = { WARDEN_SLACK_CHANNEL: slack.channel };
  if ("webhookParameter" in slack) {
    createNotify(stage, parts, {
      ...common,
      WARDEN_SLACK_WEBHOOK_PARAMETER: slack.webhookParameter,
    });
    return undefined;
  }
  const environment = {
    ...common,
    WARDEN_SLACK_TOKEN_PARAMETER: slack.tokenParameter,
    WARDEN_SLACK_SIGNING_SECRET_PARAMETER: slack.signingSecretParameter,
    WARDEN_SLACK_USERS: slack.users.join(","),
    ...(slack.userGroup === undefined ? {} : { WARDEN_SLACK_USER_GROUP: slack.userGroup }),
    WARDEN_SLACK_WORK_FUNCTION: `${stage.names.prefix}-slack-work`,
  };
  createNotify(stage, parts, environment);
  createFunction(stage, parts, "slack-work", {
    memory: "512 MB",
    timeout: "2 minutes",
    atOnce: 5,
    retries: 2,
    environment,
  });
  return createFunction(stage, parts, "slack-action", {
    memory: "512 MB", // Slack waits for three seconds, and more memory starts sooner
    timeout: "10 seconds",
    atOnce: 5,
    url: { authorization: "none", cors: false }, // Slack signs its requests, and no browser asks
    environment,
  });
}

/** Slack takes about one message a second for each channel, so one execution at once is enough. */
function createNotify(
  stage: Stage,
  parts: Parts,
  environment: Readonly<Record<string, string>>,
): void {
  const notify = createFunction(stage, parts, "notify-slack", {
    memory: "512 MB",
    timeout: "1 minute",
    atOnce: 1,
    retries: 2,
    environment,
  });
  const { messages } = parts.topics;
  new aws.lambda.Permission("NotifySlackPermission", {
    action: "lambda:InvokeFunction",
    function: notify.name,
    principal: "sns.amazonaws.com",
    sourceArn: messages.arn,
  });
  new aws.sns.TopicSubscription("MessagesToSlack", {
    topic: messages.arn,
    protocol: "lambda",
    endpoint: notify.arn,
  });
}
