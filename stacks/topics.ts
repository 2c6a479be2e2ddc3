import type { Stage } from "./stage.ts";
import { denyPlainHttp } from "./transport.ts";

/** Where people are told things. */
export interface Topics {
  /** What the Warden found and did. */
  readonly messages: aws.sns.Topic;
  /** Whether the Warden itself is well. */
  readonly alarms: aws.sns.Topic;
}

/** The two topics with those who get e-mail; each address has to confirm once. */
export function createTopics(stage: Stage, key: aws.kms.Key): Topics {
  const { settings, names } = stage;
  const { partition, region, account, prefix } = names;
  return {
    messages: createTopic(stage, { title: "Messages", key, to: settings.messagesTo, allow: [] }),
    alarms: createTopic(stage, {
      title: "Alarms",
      key,
      to: settings.alarmsTo,
      allow: [
        {
          Sid: "AlarmsPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: `arn:${partition}:sns:${region}:${account}:${prefix}-alarms`,
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: {
              "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:${prefix}-*`,
            },
          },
        },
      ],
    }),
  };
}

interface TopicOptions {
  readonly title: "Messages" | "Alarms";
  readonly key: aws.kms.Key;
  readonly to: readonly string[];
  readonly allow: readonly object[];
}

function createTopic({ names }: Stage, { title, key, to, allow }: TopicOptions): aws.sns.Topic {
  const name = `${names.prefix}-${title.toLowerCase()}`;
  const arn = `arn:${names.partition}:sns:${names.region}:${names.account}:${name}`;
  const topic = new aws.sns.Topic(title, { name, kmsMasterKeyId: key.arn });
  new aws.sns.TopicPolicy(`${title}Policy`, {
    arn: topic.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [...allow, denyPlainHttp("sns", arn)],
    }),
  });
  for (const [index, endpoint] of to.entries()) {
    new aws.sns.TopicSubscription(`${title}To${index}`, {
      topic: topic.arn,
      protocol: "email",
      endpoint,
    });
  }
  return topic;
}
