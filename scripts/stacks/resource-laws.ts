import type { Breach } from "./breach.ts";
import { listOf, membersOf } from "./policies.ts";
import type { Resource } from "./resource.ts";

type Problem = string | false | undefined;
type Check = (inputs: Resource["inputs"], all: readonly Resource[]) => readonly Problem[];

/** Whatever does not reach its target waits somewhere for a person. */
export function nothingIsLost(resources: readonly Resource[]): readonly Breach[] {
  return breachesOf("nothing-lost", resources, {
    EventTarget: (inputs, all) => {
      const arn = membersOf(inputs["deadLetterConfig"])["arn"];
      const queue = queueNamed(all, arn);
      return [
        queue === undefined && "events that cannot be delivered have no queue",
        queue?.inputs["fifoQueue"] === true && "EventBridge takes no FIFO queue for dead letters",
      ];
    },
    FunctionEventInvokeConfig: (inputs, all) => {
      const failure = membersOf(membersOf(inputs["destinationConfig"])["onFailure"]);
      return [queueNamed(all, failure["destination"]) === undefined && "what fails has no queue"];
    },
    EventSourceMapping: (inputs, all) => {
      const queue = queueNamed(all, inputs["eventSourceArn"]);
      const dead = queueNamed(all, redriveOf(queue)["deadLetterTargetArn"]);
      const worker = all.find(({ name }) => name === functionOf(all, inputs["functionName"]));
      const visible = Number(queue?.inputs["visibilityTimeoutSeconds"] ?? 30);
      return [
        dead === undefined && "messages that cannot be read have no queue",
        dead?.inputs["fifoQueue"] !== queue?.inputs["fifoQueue"] &&
          "its dead letters need FIFO too",
        visible < 6 * Number(worker?.inputs["timeout"]) &&
          "it is visible before six timeouts are over",
      ];
    },
    Table: (inputs) => [
      membersOf(inputs["pointInTimeRecovery"])["enabled"] !== true &&
        "it has no point-in-time recovery",
    ],
  });
}

/** Functions run where and as they are meant to. */
export function runsAsMeant(resources: readonly Resource[]): readonly Breach[] {
  return breachesOf("function", resources, {
    Function: (inputs) => {
      const variables = membersOf(membersOf(inputs["environment"])["variables"]);
      const size = Object.entries(variables).join("").length;
      return [
        inputs["runtime"] !== "nodejs24.x" && `its runtime is ${inputs["runtime"]}`,
        listOf(inputs["architectures"]).join() !== "arm64" && "it does not run on arm64",
        !(Number(inputs["reservedConcurrentExecutions"]) > 0) && "nothing limits how often it runs",
        size > 4_096 && `its environment has ${size} bytes of 4,096`,
      ];
    },
    Permission: ({ principal, functionUrlAuthType, invokedViaFunctionUrl }) => [
      principal === "*" &&
        functionUrlAuthType !== "NONE" &&
        invokedViaFunctionUrl !== true &&
        "everybody may invoke it, and not only by a URL",
    ],
    FunctionUrl: ({ functionName, authorizationType }) => [
      authorizationType !== "AWS_IAM" &&
        !String(functionName).endsWith("-slack-action") &&
        "only the function that checks Slack's signature may have an open URL",
    ],
    LogGroup: (inputs) => [
      !(Number(inputs["retentionInDays"]) > 0) && "its logs are never deleted",
    ],
  });
}

/** At rest, nothing is in the clear; and what AWS limits fits. */
export function staysReadable(resources: readonly Resource[]): readonly Breach[] {
  return breachesOf("encryption", resources, {
    Queue: (inputs) => [inputs["sqsManagedSseEnabled"] !== true && "it is not encrypted"],
    Topic: (inputs) => [inputs["kmsMasterKeyId"] === undefined && "it is not encrypted"],
    Table: (inputs) => [
      membersOf(inputs["serverSideEncryption"])["enabled"] !== true && "it is not encrypted",
    ],
    Key: (inputs) => [inputs["enableKeyRotation"] !== true && "it is never rotated"],
  });
}

function breachesOf(
  rule: string,
  resources: readonly Resource[],
  checks: Readonly<Record<string, Check>>,
): readonly Breach[] {
  return resources.flatMap(({ type, name: at, inputs }) => {
    const check = type.startsWith("aws:") ? checks[type.split(":").at(-1) ?? ""] : undefined;
    const problems = check?.(inputs, resources) ?? [];
    return problems
      .filter((it) => typeof it === "string")
      .map((message) => ({ rule, at, message }));
  });
}

function queueNamed(all: readonly Resource[], arn: unknown): Resource | undefined {
  const name = typeof arn === "string" ? arn.split(":").at(-1) : undefined;
  return all.find((it) => it.type === "aws:sqs/queue:Queue" && it.inputs["name"] === name);
}

function functionOf(all: readonly Resource[], arn: unknown): string | undefined {
  const physical = String(arn).split(":").at(-1);
  const isIt = (it: Resource) => it.type === "aws:lambda/function:Function";
  return all.find((it) => isIt(it) && it.inputs["name"] === physical)?.name;
}

function redriveOf(queue: Resource | undefined): Readonly<Record<string, unknown>> {
  const policy = queue?.inputs["redrivePolicy"];
  return typeof policy === "string" ? membersOf(JSON.parse(policy)) : {};
}
