import type { WireRequest } from "./request.ts";

/** What a signature claims. The signature itself is not verified. */
export interface Credential {
  readonly accessKey: string;
  readonly region: string | undefined;
  readonly service: string | undefined;
  readonly signed: "header" | "query";
}

/** The credential of a SigV4 or SigV4A request, from the header or a presigned query. */
export function credentialOf(
  request: Pick<WireRequest, "headers" | "query">,
): Credential | undefined {
  const header = request.headers["authorization"];
  const presigned = request.query.get("X-Amz-Credential");
  const scope = header === undefined ? presigned : /Credential=([^,\s]+)/.exec(header)?.[1];
  if (scope === null || scope === undefined) return undefined;
  const parts = scope.split("/");
  const [accessKey = ""] = parts;
  const signed = header === undefined ? "query" : "header";
  // SigV4A has no region in its scope: key/date/service/aws4_request.
  const isSigV4A = parts.length === 4;
  return {
    accessKey,
    region: isSigV4A ? request.headers["x-amz-region-set"]?.split(",")[0] : parts[2],
    service: isSigV4A ? parts[2] : parts[3],
    signed,
  };
}
