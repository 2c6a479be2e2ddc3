import { S3ControlClient } from "@aws-sdk/client-s3-control";
import type { Clients, Place } from "./clients.ts";

/** Asks S3 Control about an account in a Region. */
export function s3ControlAt(clients: Clients, at: Place): S3ControlClient {
  return clients.of(S3ControlClient, at, asGiven(clients, at));
}

/** For writes: a call is made once. */
export function s3ControlOnceAt(clients: Clients, at: Place): S3ControlClient {
  return clients.of(S3ControlClient, at, { ...asGiven(clients, at), maxAttempts: 1 });
}

/** S3 Control has the account in front of its host, and only AWS has such hosts. */
function asGiven({ endpoint }: Clients, { region }: Place) {
  if (endpoint === undefined) return {};
  const scheme = { name: "sigv4", signingName: "s3", signingRegion: region, properties: {} };
  const properties = { authSchemes: [{ ...scheme, disableDoubleEncoding: true }] };
  return { endpointProvider: () => ({ url: new URL(endpoint), properties }) };
}
