import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Stop, StopSwitch } from "../apply/index.ts";
import type { Clock } from "../kernel/index.ts";
import { absent, present, type Reading } from "../model/reading.ts";
import type { Clients } from "./clients.ts";
import { describeError, meaningOf } from "./errors.ts";

/** A busy container asks no more often than this; so long a stop may go unnoticed. */
const memoryMilliseconds = 500;

/**
 * The stop switch as a parameter of Systems Manager: `off`, or no parameter at all, lets writes
 * happen; any other text stops them and is shown as the reason.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export function createStopSwitch(
  clients: Pick<Clients, "own">,
  name: string,
  clock: Clock,
): StopSwitch {
  let last: { readonly at: number; readonly reading: Reading<Stop> } | undefined;
  return {
    read: async () => {
      const now = clock.now();
      if (last !== undefined && now - last.at < memoryMilliseconds) return last.reading;
      const reading = await read(clients.own(SSMClient), name);
      // What could not be read may be readable a moment later.
      last = reading.state === "unknown" ? undefined : { at: now, reading };
      return reading;
    },
  };
}

async function read(client: SSMClient, name: string): Promise<Reading<Stop>> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    const text = (Parameter?.Value ?? "").trim();
    return text === "" || text.toLowerCase() === "off" ? absent : present({ why: text });
  } catch (error) {
    const meaning = meaningOf(error, "parameter");
    if (meaning.kind === "absent") return absent;
    return { state: "unknown", reason: meaning.reason, detail: describeError(error) };
  }
}
