import type { Sandbox } from "../sandbox.ts";

interface JsonCall {
  readonly service: "sqs" | "kms" | "dynamodb";
  readonly target: string;
  readonly region?: string;
  readonly body: object;
}

/** One call in an AWS JSON protocol, as an infrastructure tool would make it. Throws on an error. */
export async function callJson(
  sandbox: Sandbox,
  { service, target, region = sandbox.region, body }: JsonCall,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(sandbox.endpoint, {
    method: "POST",
    headers: {
      "content-type": `application/x-amz-json-1.${service === "kms" ? 1 : 0}`,
      "x-amz-target": target,
      ...signature(service, region),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text}`);
  const answer: unknown = JSON.parse(text === "" ? "{}" : text);
  return typeof answer === "object" && answer !== null ? { ...answer } : {};
}

/** One call in the query protocol, which SNS speaks. Returns the XML of the answer. */
export async function callQuery(
  sandbox: Sandbox,
  service: "sns",
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(sandbox.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...signature(service, sandbox.region),
    },
    body: new URLSearchParams(parameters).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${parameters["Action"]} answered ${response.status}: ${text}`);
  return text;
}

/** Makes a bucket in the given region, with the path-style S3 call. */
export async function createBucket(sandbox: Sandbox, name: string, region: string): Promise<void> {
  const body = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  const response = await fetch(`${sandbox.endpoint}/${name}`, {
    method: "PUT",
    headers: signature("s3", region),
    ...(region === "us-east-1" ? {} : { body }), // the one region that S3 wants left out
  });
  if (!response.ok) throw new Error(`CreateBucket ${name}: ${await response.text()}`);
}

/** The sandbox reads who calls and where; it does not check the signature itself. */
function signature(service: string, region: string): Readonly<Record<string, string>> {
  const scope = `bucket-warden-deploy/20260101/${region}/${service}/aws4_request`;
  return {
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
}
