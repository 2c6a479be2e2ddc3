import { Readable } from "node:stream";
import dynalite from "dynalite";
import type { Call, Service } from "../call.ts";
import type { Answer } from "../wire/request.ts";

/** DynamoDB by dynalite, which is driven without a socket of its own. */
export function dynamodb(): Service {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    name: "dynamodb",
    identify: ({ headers }) => {
      const operation = (headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
      return { operation, write: /^(Batch)?(Write|Put|Update|Delete|Create)/.test(operation) };
    },
    serve: (call) =>
      new Promise<Answer>((resolve) => {
        server.emit("request", asIncoming(call), collector(resolve));
      }),
    refuse: (error, call) => ({
      status: error.status,
      headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": call.id },
      body: JSON.stringify({
        __type: `com.amazonaws.dynamodb.v20120810#${error.code}`,
        message: error.message,
      }),
    }),
  };
}

/** The members of an IncomingMessage that dynalite looks at. */
function asIncoming({ request }: Call): Readable {
  const { method, path, headers, body } = request;
  return Object.assign(Readable.from(body.length === 0 ? [] : [body]), {
    method,
    url: `${path}?${request.query}`,
    headers,
  });
}

/** The members of a ServerResponse that dynalite uses. */
function collector(done: (answer: Answer) => void): object {
  const headers: Record<string, string> = {};
  const response = {
    statusCode: 200,
    contentType: "",
    setHeader: (name: string, value: unknown): void => {
      headers[name.toLowerCase()] = String(value);
    },
    end: (body: string | Buffer = ""): void => {
      done({ status: response.statusCode, headers, body });
    },
  };
  return response;
}
