import { type Caller, type Clients, createClients, whoCalls } from "@bucket-warden/core/aws";
import { awsElsewhere, profileHere } from "../local/endpoint.ts";

/** AWS with the credentials of whoever calls. */
export interface Aws {
  readonly caller: Caller;
  readonly clients: Clients;
}

/** Throws InputError where there are no credentials that work. */
export async function openAws(): Promise<Aws> {
  const caller = await whoCalls(profileHere());
  return { caller, clients: createClients({ region: caller.region, ...awsElsewhere() }) };
}
