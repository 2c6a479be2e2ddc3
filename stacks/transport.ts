/** Nobody may use the resource without TLS, the account itself included. */
export function denyPlainHttp(service: "sns" | "sqs", resource: string): object {
  const actions = { sns: ["sns:Publish"], sqs: ["sqs:SendMessage", "sqs:ReceiveMessage"] };
  return {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: actions[service],
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
