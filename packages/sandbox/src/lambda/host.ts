import { randomUUID } from "node:crypto";

/** The parts of Lambda's context that handlers and middlewares look at. */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly getRemainingTimeInMillis: () => number;
  readonly done: () => void;
  readonly fail: () => void;
  readonly succeed: () => void;
}

export interface FunctionSettings {
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
  readonly account?: string;
  readonly region?: string;
  readonly memoryMegabytes?: number;
}

/** A handler with two parameters; those with a callback are refused, as the Node 24 runtime does. */
export type LambdaHandler<Event, Result> = (
  event: Event,
  context: LambdaContext,
) => Promise<Result> | Result;

/** What Lambda reports when a function takes too long. */
export class TaskTimedOut extends Error {
  override readonly name = "TaskTimedOut";
}

/**
 * Runs a handler once. The event goes through JSON, so that a handler sees no more than Lambda would
 * give it. Rejects with what the handler threw, or with TaskTimedOut.
 */
export async function invokeLambda<Event, Result>(
  handler: LambdaHandler<Event, Result>,
  event: Event,
  settings: FunctionSettings,
): Promise<Result> {
  const deadline = Date.now() + settings.timeoutMilliseconds;
  const context = contextOf(settings, deadline);
  // A JSON round trip of an event gives an event of the same shape.
  const copy = JSON.parse(JSON.stringify(event)) as Event;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(timedOut(settings)), settings.timeoutMilliseconds);
  });
  try {
    return await Promise.race([Promise.resolve(handler(copy, context)), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function timedOut({ functionName, timeoutMilliseconds }: FunctionSettings): TaskTimedOut {
  const seconds = (timeoutMilliseconds / 1000).toFixed(2);
  return new TaskTimedOut(`${functionName}: Task timed out after ${seconds} seconds`);
}

function contextOf(settings: FunctionSettings, deadline: number): LambdaContext {
  const { functionName, account = "111122223333", region = "us-east-1" } = settings;
  const stream = randomUUID().replaceAll("-", "");
  const day = new Date(deadline).toISOString().slice(0, 10).replaceAll("-", "/");
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:${region}:${account}:function:${functionName}`,
    memoryLimitInMB: String(settings.memoryMegabytes ?? 512),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${day}/[$LATEST]${stream}`,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: refuseCallbackStyle,
    fail: refuseCallbackStyle,
    succeed: refuseCallbackStyle,
  };
}

function refuseCallbackStyle(): never {
  throw new Error("The nodejs24.x runtime has no callbacks: return a value or throw.");
}
