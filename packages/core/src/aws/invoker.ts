import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { InputError } from "../kernel/input-error.ts";
import type { Clients } from "./clients.ts";
import { describeError } from "./errors.ts";
import { remedyOf } from "./trouble.ts";

/**
 * Has Lambda run a function soon, and again twice where it fails; resolves once Lambda took the event.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
export async function invokeLater(
  clients: Pick<Clients, "own">,
  name: string,
  payload: unknown,
): Promise<void> {
  const Payload = JSON.stringify(payload);
  const client = clients.own(LambdaClient);
  await client.send(new InvokeCommand({ FunctionName: name, InvocationType: "Event", Payload }));
}

/**
 * Invokes a Lambda function and resolves with its answer; Region, credentials and endpoint come from
 * where the AWS CLI takes them. Throws InputError for what the function or AWS refuses.
 */
export async function invokeFunction(name: string, payload: unknown): Promise<unknown> {
  // A function may take as long as 15 minutes; asking twice would do it twice.
  const client = new LambdaClient({ maxAttempts: 1 });
  const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) });
  const output = await client.send(command).catch((cause: unknown) => {
    throw refused(name, describeError(cause), cause);
  });
  const answer: unknown = JSON.parse(output.Payload?.transformToString() || "null");
  if (output.FunctionError !== undefined) throw refused(name, messageIn(answer), answer);
  return answer;
}

function refused(name: string, problem: string, cause: unknown): InputError {
  return new InputError({
    place: `function ${name}`,
    problem,
    remedy: remedyOf(cause) ?? remedies[nameOf(cause)] ?? otherRemedy,
    cause,
  });
}

const otherRemedy =
  "Look at the request, at AWS_REGION and the credentials, and at the logs of the function.";

const remedies: Readonly<Record<string, string>> = {
  ResourceNotFoundException:
    "It is not deployed in this account and Region. Look at AWS_REGION and --function, or work without it by --local.",
};

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : "";
}

/** Lambda answers a failure with the type and the message of the error. */
function messageIn(answer: unknown): string {
  if (typeof answer !== "object" || answer === null || !("errorMessage" in answer)) {
    return "it failed without saying why";
  }
  return String(answer.errorMessage);
}
