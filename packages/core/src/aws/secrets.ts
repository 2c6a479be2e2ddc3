import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { InputError } from "../kernel/input-error.ts";
import type { Clients } from "./clients.ts";
import { describeError } from "./errors.ts";

/**
 * The decrypted text of a SecureString parameter of Systems Manager. Throws InputError naming the
 * parameter where it cannot be read.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export async function readSecret(clients: Pick<Clients, "own">, name: string): Promise<string> {
  const command = new GetParameterCommand({ Name: name, WithDecryption: true });
  const { Parameter } = await clients
    .own(SSMClient)
    .send(command)
    .catch((cause: unknown) => {
      throw unusable(name, describeError(cause), cause);
    });
  const text = (Parameter?.Value ?? "").trim();
  if (text === "") throw unusable(name, "it is empty");
  return text;
}

function unusable(name: string, problem: string, cause?: unknown): InputError {
  return new InputError({
    place: `parameter ${name} of Systems Manager`,
    problem,
    remedy: "Look whether it is there, and whether the function may read and decrypt it.",
    cause,
  });
}
