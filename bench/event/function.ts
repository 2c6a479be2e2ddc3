import { spawn } from "node:child_process";
import { once } from "node:events";

/** What one invocation took; in milliseconds since 1970, with fractions. */
export interface Invoked {
  /** When the process began. */
  readonly startedAt: number;
  readonly from: number;
  readonly to: number;
  readonly answer: unknown;
}

/** A function in a process of its own, as Lambda runs it. */
export interface RunningFunction {
  /** Waits until the function is loaded. */
  readonly invoke: (event: object) => Promise<Invoked>;
  readonly stop: () => void;
}

/** As plain JavaScript, so that nothing is loaded but Node and the bundle. */
const host = `
const { handler } = await import(process.argv[1]);
const now = () => performance.timeOrigin + performance.now();
const context = {
  awsRequestId: "request",
  functionName: "bench",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:bench",
  memoryLimitInMB: "512",
  getRemainingTimeInMillis: () => 60_000,
};
process.on("message", async (event) => {
  const from = now();
  const answer = await handler(event, context);
  process.send({ startedAt: performance.timeOrigin, from, to: now(), answer });
});
`;

/** Starts the bundle of a function with nothing but these variables. */
export function startFunction(
  bundle: string,
  env: Readonly<Record<string, string>>,
): RunningFunction {
  const child = spawn(process.execPath, ["--input-type=module", "-e", host, bundle], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env,
  });
  const ended = once(child, "exit").then(([code]): never => {
    throw new Error(`the function ended with ${code}`);
  });
  ended.catch(() => {}); // whoever waits for an answer hears of it
  return {
    async invoke(event) {
      const told = once(child, "message").then(([invoked]) => invoked as Invoked); // `host` sends it
      child.send(event);
      return Promise.race([told, ended]);
    },
    stop: () => child.disconnect(),
  };
}
