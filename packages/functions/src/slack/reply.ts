import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** What a function URL answers. */
export type Reply = APIGatewayProxyStructuredResultV2;

/** An empty answer, or one in JSON. */
export function reply(statusCode: number, value?: object): Reply {
  if (value === undefined) return { statusCode, body: "" };
  const headers = { "content-type": "application/json" };
  return { statusCode, headers, body: JSON.stringify(value) };
}
