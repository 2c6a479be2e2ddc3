import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createSigner } from "./signature.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html has these examples. */
const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const host = "examplebucket.s3.amazonaws.com";
const at = Date.parse("2013-05-24T00:00:00Z");

test.each([
  {
    name: "the lifecycle of a bucket",
    query: "lifecycle=",
    signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  },
  {
    name: "a list of objects",
    query: "max-keys=2&prefix=J",
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
])("signs $name as AWS shows it", ({ query, signature }) => {
  const headers = createSigner("us-east-1")(
    { host, path: "/", query, headers: {} },
    credentials,
    at,
  );
  expect(headers).toEqual({
    host,
    "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "x-amz-date": "20130524T000000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
  });
});

test("signs headers of the request, and an object, as AWS shows it", () => {
  const get = { host, path: "/test.txt", query: "", headers: { range: "bytes=0-9" } };
  expect(createSigner("us-east-1")(get, credentials, at)["authorization"]).toContain(
    "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
});

const get = { host, path: "/", query: "policy=", headers: {} };

test("signs the token of a session with the rest", () => {
  const sign = createSigner("us-east-1");
  const headers = sign(get, { ...credentials, sessionToken: "token" }, at);
  expect(headers).toMatchObject({
    "x-amz-security-token": "token",
    authorization: expect.stringContaining("x-amz-date;x-amz-security-token,"),
  });
  expect(headers["authorization"]).not.toBe(sign(get, credentials, at)["authorization"]);
});

test.each([
  { name: "another secret", secret: "another", later: 0 },
  { name: "another day", secret: credentials.secretAccessKey, later: 24 * 3_600_000 },
])("does not keep the key of before for $name", ({ secret, later }) => {
  const after = { ...credentials, secretAccessKey: secret };
  const used = createSigner("us-east-1");
  used(get, credentials, at);
  expect(used(get, after, at + later)).toEqual(createSigner("us-east-1")(get, after, at + later));
});

test.each([16, 64, 65, 200])("takes a secret of %i characters", (length) => {
  const secretAccessKey = "s".repeat(length);
  const keys = ["20130524", "us-east-1", "s3", "aws4_request"];
  const key = keys.reduce(
    (from: Buffer, part) => hmac(from, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  const headers = createSigner("us-east-1")(get, { ...credentials, secretAccessKey }, at);
  expect(headers["authorization"]).toContain(
    `Signature=${hmac(key, textToSign(headers)).toString("hex")}`,
  );
});

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function textToSign(headers: Readonly<Record<string, string>>): string {
  const names = ["host", "x-amz-content-sha256", "x-amz-date"];
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const body = headers["x-amz-content-sha256"];
  const canonical = `GET\n/\npolicy=\n${lines}\n${names.join(";")}\n${body}`;
  const hashed = createHash("sha256").update(canonical).digest("hex");
  return `AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n${hashed}`;
}
