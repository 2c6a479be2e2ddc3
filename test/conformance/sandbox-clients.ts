import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import { afterAll, beforeAll } from "vitest";

let current: Sandbox | undefined;
let names = 0;

/** One sandbox for all tests of a file; each test makes its own buckets. */
export function sandboxForTests(): () => Sandbox {
  beforeAll(async () => {
    current = await startSandbox();
  });
  afterAll(() => current?.stop());
  return running;
}

function running(): Sandbox {
  if (current === undefined) throw new Error("the sandbox runs only inside tests");
  return current;
}

/** What every SDK client needs to speak to the sandbox as the user of this name. */
export function settingsFor(user: string, region = "us-east-1") {
  return {
    endpoint: running().endpoint,
    region,
    credentials: { accessKeyId: user, secretAccessKey: "any" },
    maxAttempts: 1,
  };
}

/** An S3 client of a user, made when it is first needed. */
export function clientFor(
  user: string,
  region = "us-east-1",
  more: S3ClientConfig = {},
): () => S3Client {
  let client: S3Client | undefined;
  return () => {
    client ??= new S3Client({ ...settingsFor(user, region), ...more });
    return client;
  };
}

/** A bucket name that no other test has. */
export function anyBucket(): string {
  names += 1;
  return `conformance-${names}`;
}

/** The output of a call without the metadata of the transport. */
export async function plain(output: Promise<object>): Promise<unknown> {
  const { $metadata: _metadata, ...members } = { $metadata: undefined, ...(await output) };
  return members;
}

/** The name and HTTP status of the error that a call ends in. */
export async function refusal(
  output: Promise<unknown>,
): Promise<{ readonly name: string; readonly status: number | undefined }> {
  try {
    await output;
  } catch (error) {
    if (error instanceof Error && "$metadata" in error) {
      const metadata: { httpStatusCode?: number } = Object(error.$metadata);
      return { name: error.name, status: metadata.httpStatusCode };
    }
    throw error;
  }
  throw new Error("the call was answered instead of refused");
}

/** A form for the query protocol, without an SDK: `{ Action: "AssumeRole", … }`. */
export function postForm(
  service: string,
  form: Readonly<Record<string, string>>,
  user = "alice",
): Promise<RawAnswer> {
  return post(
    service,
    user,
    { type: "application/x-www-form-urlencoded" },
    `${new URLSearchParams(form)}`,
  );
}

/** JSON with a target, without an SDK: `CloudTrail_20131101.LookupEvents`. */
export function postJson(
  service: string,
  target: string,
  input: object,
  user = "alice",
): Promise<RawAnswer> {
  return postText(service, target, JSON.stringify(input), user);
}

/** As postJson, with a body that may be no JSON at all. */
export function postText(
  service: string,
  target: string,
  body: string,
  user = "alice",
): Promise<RawAnswer> {
  return post(service, user, { type: "application/x-amz-json-1.1", target }, body);
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

async function post(
  service: string,
  user: string,
  { type, target }: { readonly type: string; readonly target?: string },
  body: string,
): Promise<RawAnswer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${user}/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const headers = { authorization, "content-type": type };
  const response = await fetch(running().endpoint, {
    method: "POST",
    headers: target === undefined ? headers : { ...headers, "x-amz-target": target },
    body,
  });
  return { status: response.status, text: await response.text() };
}
