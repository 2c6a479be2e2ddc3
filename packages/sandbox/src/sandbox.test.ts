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
