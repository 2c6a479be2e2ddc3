import { randomUUID } from "node:crypto";

/** An HTTP request to a function URL. */
export interface UrlRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The event that Lambda makes of a POST. What is neither JSON nor text comes in base64.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function urlEvent({ headers, body }: UrlRequest, at: number) {
  const type = headers["content-type"] ?? "";
  const isText = type.startsWith("text/") || type.startsWith("application/json");
  const domainName = "sandbox.lambda-url.us-east-1.on.aws";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
    rawQueryString: "",
    headers: { ...headers, host: domainName, "x-forwarded-proto": "https" },
    requestContext: {
      accountId: "anonymous",
      apiId: "sandbox",
      domainName,
      domainPrefix: "sandbox",
      http: {
        method: "POST",
        path: "/",
        protocol: "HTTP/1.1",
        sourceIp: "203.0.113.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: new Date(at).toUTCString(),
      timeEpoch: at,
    },
    body: isText ? body : Buffer.from(body).toString("base64"),
    isBase64Encoded: !isText,
  };
}
