import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";

const sandbox = sandboxForTests();
const invoke = (FunctionName: string, payload: unknown) =>
  new LambdaClient(settingsFor("alice")).send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }),
  );

test("a function gets its event and gives its answer, by name and by ARN", async () => {
  sandbox().world.functions.set("echo", async (event) => ({ heard: event }));
  const arn = "arn:aws:lambda:us-east-1:111122223333:function:echo";
  for (const name of ["echo", arn]) {
    const { StatusCode, FunctionError, Payload } = await invoke(name, { a: 1 });
    expect([StatusCode, FunctionError]).toEqual([200, undefined]);
    expect(JSON.parse(Payload?.transformToString() ?? "")).toEqual({ heard: { a: 1 } });
  }
});

test("an error of the function is no error of the call", async () => {
  sandbox().world.functions.set("broken", async () => {
    throw new TypeError("it broke");
  });
  const { StatusCode, FunctionError, Payload } = await invoke("broken", null);
  expect([StatusCode, FunctionError]).toEqual([200, "Unhandled"]);
  expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({
    errorType: "TypeError",
    errorMessage: "it broke",
  });
});

test("a function that is not there is refused, and so is what Lambda does else", async () => {
  expect(await refusal(invoke("nobody", {}))).toEqual({
    name: "ResourceNotFoundException",
    status: 404,
  });
});

test("an event is taken at once, and what fails on it three times is lost", async () => {
  const { world } = sandbox();
  const seen: unknown[] = [];
  world.functions.set("later", async (event) => {
    seen.push(event);
    if (seen.length < 3) throw new Error("not yet");
  });
  world.functions.set("never", async () => {
    throw new Error("never");
  });
  const send = (FunctionName: string) =>
    new LambdaClient(settingsFor("alice")).send(
      new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: '{"a":1}' }),
    );
  expect((await send("later")).StatusCode).toBe(202);
  expect((await send("never")).StatusCode).toBe(202);
  expect(await refusal(send("nobody"))).toMatchObject({ name: "ResourceNotFoundException" });
  await Promise.all(world.background);
  expect(seen).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  expect(world.lostEvents).toMatchObject([{ functionName: "never", event: { a: 1 } }]);
});
