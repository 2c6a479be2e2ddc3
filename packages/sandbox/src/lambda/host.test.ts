import { expect, test } from "vitest";
import { invokeLambda, type LambdaContext, TaskTimedOut } from "./host.ts";

const settings = { functionName: "intake", timeoutMilliseconds: 1000 };

test("a handler gets its event through JSON and a context like Lambda's", async () => {
  const event = { when: new Date(0), gone: undefined };
  const seen: { event: unknown; context: LambdaContext }[] = [];
  const result = await invokeLambda(
    (received, context) => {
      seen.push({ event: received, context });
      return "done";
    },
    event,
    settings,
  );
  const [{ context, event: received } = { event: undefined, context: undefined }] = seen;
  expect([result, received]).toEqual(["done", { when: "1970-01-01T00:00:00.000Z" }]);
  expect(context).toMatchObject({
    functionName: "intake",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:intake",
    memoryLimitInMB: "512",
    logGroupName: "/aws/lambda/intake",
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(context?.getRemainingTimeInMillis()).toBeGreaterThan(0);
  expect(context?.getRemainingTimeInMillis()).toBeLessThanOrEqual(1000);
});

test("what a handler throws comes out, also when it throws before it returns a promise", async () => {
  const fail = () => {
    throw new RangeError("no");
  };
  await expect(invokeLambda(fail, {}, settings)).rejects.toThrow(new RangeError("no"));
});

test("a handler that takes too long is given up", async () => {
  const never = () => new Promise<never>(() => undefined);
  const quick = { functionName: "slow", timeoutMilliseconds: 10 };
  await expect(invokeLambda(never, {}, quick)).rejects.toThrow(
    new TaskTimedOut("slow: Task timed out after 0.01 seconds"),
  );
});
