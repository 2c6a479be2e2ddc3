import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Known, present, type Reading } from "../model/reading.ts";
import type { Region } from "../model/ref.ts";
import type { Clients } from "./clients.ts";
import { type AbsentKind, describeError, meaningOf } from "./errors.ts";
import type { DeployedRule } from "./event-rules.ts";

/** What Lambda says of a function. */
export interface DeployedFunction {
  /** e.g. `nodejs24.x`; none where the function is a container. */
  readonly runtime?: string;
  /** When it was last deployed, as Lambda says it. */
  readonly modified: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** How much waits in a queue. SQS counts approximately. */
export interface QueueDepth {
  readonly waiting: number;
  /** The ARN of the queue for what could not be worked off. */
  readonly deadLetters?: string;
}

/** What is deployed in the caller's account and Region. Nothing here throws. */
export interface Deployed {
  readonly function: (name: string) => Promise<Reading<DeployedFunction>>;
  readonly queueAt: (url: string) => Promise<Reading<QueueDepth>>;
  readonly queueNamed: (name: string) => Promise<Reading<QueueDepth>>;
  /** Those of a deployment whose names begin with `prefix`, on the default bus of a Region. */
  readonly rules: (prefix: string, region: Region) => Promise<Reading<readonly DeployedRule[]>>;
}

/**
 * Asks what is deployed.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export function createDeployed(clients: Pick<Clients, "own">): Deployed {
  const queueAt = (url: string) => asked("queue", () => depthOf(clients, url));
  return {
    function: (name) => asked("function", () => functionNamed(clients, name)),
    queueAt,
    queueNamed: async (name) => {
      const url = await asked("queue", async () => {
        const { QueueUrl } = await clients
          .own(SQSClient)
          .send(new GetQueueUrlCommand({ QueueName: name }));
        return QueueUrl ?? "";
      });
      return url.state === "present" ? queueAt(url.value) : url;
    },
    rules: (prefix, region) =>
      asked("none", async () => {
        const { rulesNamed } = await import("./event-rules.ts");
        return rulesNamed(clients, `${prefix}-`, region);
      }),
  };
}

async function asked<T>(kind: AbsentKind, ask: () => Promise<T>): Promise<Reading<T>> {
  try {
    return present(await ask()) satisfies Known<T>;
  } catch (error) {
    const meaning = meaningOf(error, kind);
    if (meaning.kind === "absent") return { state: "absent" };
    return { state: "unknown", reason: meaning.reason, detail: describeError(error) };
  }
}

async function functionNamed(
  clients: Pick<Clients, "own">,
  FunctionName: string,
): Promise<DeployedFunction> {
  const { Runtime, LastModified, Environment } = await clients
    .own(LambdaClient)
    .send(new GetFunctionConfigurationCommand({ FunctionName }));
  return {
    ...(Runtime === undefined ? {} : { runtime: Runtime }),
    modified: LastModified ?? "",
    variables: Environment?.Variables ?? {},
  };
}

async function depthOf(clients: Pick<Clients, "own">, QueueUrl: string): Promise<QueueDepth> {
  const { Attributes = {} } = await clients.own(SQSClient).send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "RedrivePolicy"],
    }),
  );
  const waiting = Number(Attributes["ApproximateNumberOfMessages"] ?? Number.NaN);
  if (!Number.isInteger(waiting)) throw new Error("SQS does not say how many messages wait");
  const deadLetters = deadLettersIn(Attributes["RedrivePolicy"]);
  return { waiting, ...(deadLetters === undefined ? {} : { deadLetters }) };
}

function deadLettersIn(redrive: string | undefined): string | undefined {
  if (redrive === undefined) return undefined;
  const policy: unknown = JSON.parse(redrive);
  if (typeof policy !== "object" || policy === null || !("deadLetterTargetArn" in policy)) {
    return undefined;
  }
  return String(policy.deadLetterTargetArn);
}
