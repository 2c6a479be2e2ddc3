import type { WireRequest } from "./request.ts";

/** What a signature claims. The signature itself is not verified. */
export interface Credential {
  readonly accessKey: string;
  readonly region: string | undefined;
  readonly service: string | undefined;
  readonly signed: "header" | "query";
}

/** The credential of a signed request, from the header or a presigned query. */
export function credentialOf(
  request: Pick<WireRequest, "headers" | "query">,
): Credential | undefined {
  const header = request.headers["authorization"];
  const signed = header === undefined ? "query" : "header";
  const scope =
    header === undefined
      ? request.query.get("X-Amz-Credential")
      : /Credential=([^,\s]+)/.exec(header)?.[1];
  if (scope !== null && scope !== undefined) return fromScope(scope, signed, request.headers);
  // SigV2, which the AWS CLI 1 still uses to presign for us-east-1: only S3 ever took it this way.
  const accessKey = request.query.get("AWSAccessKeyId");
  return accessKey === null ? undefined : { accessKey, region: undefined, service: "s3", signed };
}

/** `key/date/region/service/aws4_request`; SigV4A has no region there but a header with several. */
function fromScope(
  scope: string,
  signed: Credential["signed"],
  headers: WireRequest["headers"],
): Credential {
  const [accessKey = "", _date, ...place] = scope.split("/");
  const [first, second] = place;
  return place.length === 2
    ? { accessKey, region: headers["x-amz-region-set"]?.split(",")[0], service: first, signed }
    : { accessKey, region: first, service: second, signed };
}
