import type { Call, Service } from "../call.ts";
import { AwsError, notImplemented } from "../wire/aws-error.ts";
import type { Input } from "../wire/input.ts";
import type { Answer } from "../wire/request.ts";
import type { World } from "../world.ts";
import { importFindings } from "./import.ts";

type Operation = (on: {
  readonly call: Call;
  readonly world: World;
  readonly input: Input;
}) => Input;

const operations: Readonly<Record<string, Operation>> = {
  EnableSecurityHub: enable,
  BatchImportFindings: importFindings,
};

const routes: Readonly<Record<string, string>> = {
  "POST /accounts": "EnableSecurityHub",
  "POST /findings/import": "BatchImportFindings",
};

/** AWS Security Hub CSPM, as far as taking findings of others. */
export const securityHub: Service = {
  name: "securityhub",
  identify: ({ method, path }) => {
    const route = `${method} ${path}`;
    return { operation: routes[route] ?? route, write: true };
  },
  serve: (call, world) => {
    const operation = operations[call.operation];
    if (operation === undefined) throw notImplemented(`Security Hub ${call.operation}`);
    const input: Input = JSON.parse(call.request.body.toString("utf8") || "{}");
    return answer(200, operation({ call, world, input }), call);
  },
  refuse: ({ code, status, message }, call) =>
    answer(status, { Code: code, Message: message }, call, { "x-amzn-errortype": code }),
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html */
function enable({ call, world }: { readonly call: Call; readonly world: World }): Input {
  const key = `${call.principal.account} ${call.region}`;
  if (world.hubs.has(key)) {
    const message = `Account ${call.principal.account} is already subscribed to Security Hub`;
    throw new AwsError({ code: "ResourceConflictException", status: 409, message });
  }
  world.hubs.set(key, new Map());
  return {};
}

function answer(
  status: number,
  body: Input,
  { id }: Call,
  more: Readonly<Record<string, string>> = {},
): Answer {
  const headers = { "content-type": "application/json", "x-amzn-requestid": id, ...more };
  return { status, headers, body: JSON.stringify(body) };
}
