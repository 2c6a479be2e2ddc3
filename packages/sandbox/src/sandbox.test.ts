import { expect, test } from "vitest";
import { startSandbox } from "./sandbox.ts";

const authorization =
  "AWS4-HMAC-SHA256 Credential=alice/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

test("a created bucket answers with the defaults of a new bucket, and the call is recorded", async () => {
  const sandbox = await startSandbox();
  const recorded: string[] = [];
  sandbox.onRecord(({ eventName }) => recorded.push(eventName));
  const put = await fetch(`${sandbox.endpoint}/plain`, {
    method: "PUT",
    headers: { authorization },
  });
  const get = await fetch(`${sandbox.endpoint}/plain?encryption`, { headers: { authorization } });
  const body = await get.text();
  await sandbox.stop();
  expect([put.status, get.status, recorded]).toEqual([200, 200, ["CreateBucket"]]);
  expect(body).toContain("<SSEAlgorithm>AES256</SSEAlgorithm>");
});

test("after stop nothing listens any more", async () => {
  const sandbox = await startSandbox();
  await sandbox.stop();
  await expect(fetch(sandbox.endpoint)).rejects.toThrow();
});

test("a port that is taken is an error, not another port", async () => {
  const sandbox = await startSandbox();
  const port = Number(new URL(sandbox.endpoint).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await sandbox.stop();
});

test("the environment is all that a client needs, and follows the options", async () => {
  const sandbox = await startSandbox({ account: "222233334444", region: "eu-west-1" });
  await sandbox.stop();
  expect(sandbox.environment).toEqual({
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
  });
  expect([sandbox.account, sandbox.region]).toEqual(["222233334444", "eu-west-1"]);
});

test("a listener that throws is told to the client instead of being lost", async () => {
  const sandbox = await startSandbox();
  sandbox.onRecord(() => {
    throw new Error("listener broke");
  });
  const put = await fetch(`${sandbox.endpoint}/plain`, {
    method: "PUT",
    headers: { authorization },
  });
  const text = await put.text();
  await sandbox.stop();
  expect([put.status, text]).toEqual([500, expect.stringContaining("listener broke")]);
});
