import type { IncomingMessage } from "node:http";

/** An HTTP request after its body has arrived. Header names are in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Reads a request to its end and undoes the `aws-chunked` coding. */
export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const headers = flatten(incoming.headers);
  const [path = "/", search = ""] = (incoming.url ?? "/").split(/\?(.*)/s);
  const body = Buffer.concat(chunks);
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(search),
    headers,
    body: isAwsChunked(headers) ? decodeAwsChunked(body) : body,
    sourceIp: incoming.socket.remoteAddress ?? "127.0.0.1",
  };
}

function flatten(headers: IncomingMessage["headers"]): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
  return Object.fromEntries(pairs);
}

function isAwsChunked(headers: Readonly<Record<string, string>>): boolean {
  return (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
}

/**
 * Chunks of `<hex size>[;chunk-signature=…]CRLF <bytes> CRLF`, then trailers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf("\r\n", at);
    if (lineEnd < 0) break;
    const size = Number.parseInt(body.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
