import { createHmac, timingSafeEqual } from "node:crypto";
import { type Fingerprint, fingerprint } from "../../kernel/hash.ts";

/** A request as it came in, before anything in it is believed. */
export interface SignedRequest {
  /** The bytes that were signed: nothing may have parsed or decoded them. */
  readonly body: Uint8Array;
  /** The headers `X-Slack-Request-Timestamp` and `X-Slack-Signature`. */
  readonly timestamp?: string | undefined;
  readonly signature?: string | undefined;
}

/** `id` is the same only for the same request; `at` is when Slack sent it, in milliseconds since 1970. */
export type Genuineness =
  | { readonly kind: "genuine"; readonly id: Fingerprint; readonly at: number }
  | { readonly kind: "refused"; readonly why: "unsigned" | "stale" | "forged" };

/** As long as Slack advises; a request from a later time than ours is as suspicious as an old one. */
const windowMilliseconds = 5 * 60_000;

/**
 * Whether Slack sent this request just now. `now` in milliseconds since 1970.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function checkSignature(
  { body, timestamp = "", signature = "" }: SignedRequest,
  secret: string,
  now: number,
): Genuineness {
  const claimed = /^v0=([0-9a-f]{64})$/i.exec(signature)?.[1];
  if (claimed === undefined || !/^\d{1,12}$/.test(timestamp)) return refused("unsigned");
  const at = Number(timestamp) * 1_000;
  if (Math.abs(now - at) > windowMilliseconds) return refused("stale");
  const expected = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(claimed, "hex"))) return refused("forged");
  // Not of the signature as it came: that can be spelt in more than one way.
  return { kind: "genuine", id: fingerprint([timestamp, expected.toString("hex")]), at };
}

function refused(why: Extract<Genuineness, { kind: "refused" }>["why"]): Genuineness {
  return { kind: "refused", why };
}
