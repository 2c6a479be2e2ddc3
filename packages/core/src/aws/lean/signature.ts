import { hash } from "node:crypto";

/** A GET without a body, as it goes over the wire. */
export interface PlainGet {
  readonly host: string;
  /** Percent-encoded as S3 wants it, once. */
  readonly path: string;
  /** Percent-encoded and sorted, each name with a `=`. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Signs for S3 in one Region; `at` is milliseconds since 1970. The answer is all headers to send. */
export type Signer = (
  get: PlainGet,
  credentials: SigningCredentials,
  at: number,
) => Record<string, string>;

const algorithm = "AWS4-HMAC-SHA256";
const emptyBody = hash("sha256", "", "hex");

/**
 * Signature Version 4 for reads of S3. The key of a day is derived once.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function createSigner(region: string): Signer {
  const keyOf = rememberedKey(region);
  const timeOf = rememberedTime();
  return (get, credentials, at) => {
    const time = timeOf(at);
    const day = time.slice(0, 8);
    const { sessionToken } = credentials;
    const headers: Record<string, string> = {
      ...get.headers,
      host: get.host,
      "x-amz-content-sha256": emptyBody,
      "x-amz-date": time,
    };
    if (sessionToken !== undefined) headers["x-amz-security-token"] = sessionToken;
    const names = Object.keys(headers).sort();
    const signed = names.join(";");
    let canonical = `GET\n${get.path}\n${get.query}\n`;
    for (const name of names) canonical += `${name}:${headers[name]}\n`;
    canonical += `\n${signed}\n${emptyBody}`;
    const scope = `${day}/${region}/s3/aws4_request`;
    const text = `${algorithm}\n${time}\n${scope}\n${hash("sha256", canonical, "hex")}`;
    const signature = keyOf(credentials, day)(text).toString("hex");
    headers["authorization"] =
      `${algorithm} Credential=${credentials.accessKeyId}/${scope},SignedHeaders=${signed},Signature=${signature}`;
    return headers;
  };
}

/** `20261121T203000Z`: in one second it is the same for many. */
function rememberedTime(): (at: number) => string {
  let last = { second: Number.NaN, time: "" };
  return (at) => {
    const second = Math.floor(at / 1_000);
    if (second !== last.second) {
      const time = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
      last = { second, time: `${time}Z` };
    }
    return last.time;
  };
}

/** The keyed hash of one secret, day, Region and service. */
type Keyed = (text: string) => Buffer;

function rememberedKey(region: string): (of: SigningCredentials, day: string) => Keyed {
  let last: { readonly secret: string; readonly day: string; readonly keyed: Keyed } | undefined;
  return ({ secretAccessKey: secret }, day) => {
    if (last?.secret === secret && last.day === day) return last.keyed;
    const parts = [day, region, "s3", "aws4_request"];
    const start: Buffer = Buffer.from(`AWS4${secret}`);
    const key = parts.reduce((from, part) => hmac(from)(part), start);
    const keyed = hmac(key);
    last = { secret, day, keyed };
    return keyed;
  };
}

const blockBytes = 64;

/**
 * HMAC-SHA-256 of RFC 2104, with what depends on the key done once: `createHmac` makes an object of the
 * key for each call, which was a tenth of all work of a read.
 */
function hmac(key: Buffer): Keyed {
  const short = key.length > blockBytes ? hash("sha256", key, "buffer") : key;
  const padded = (pad: number) =>
    Buffer.from(Array.from({ length: blockBytes }, (_, at) => (short[at] ?? 0) ^ pad));
  const [inner, outer] = [padded(0x36), padded(0x5c)];
  return (text) => {
    const first = hash("sha256", Buffer.concat([inner, Buffer.from(text)]), "buffer");
    return hash("sha256", Buffer.concat([outer, first]), "buffer");
  };
}
