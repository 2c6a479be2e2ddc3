import { checkSignature } from "@bucket-warden/core/event";
import type { SlackMemory } from "@bucket-warden/core/slack";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Remembered } from "./wiring.ts";

/** A request that Slack sent just now and for the first time; `id` names it. */
export type Admission =
  | { readonly kind: "admitted"; readonly id: string; readonly body: string }
  | { readonly kind: "refused"; readonly why: "unsigned" | "stale" | "forged" | "replayed" };

interface Gate {
  readonly secret: Remembered<string>;
  readonly memory: Pick<SlackMemory, "claim">;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Nothing of a request is read before this says that it is genuine. */
export async function admit(
  event: APIGatewayProxyEventV2,
  { secret, memory, now }: Gate,
): Promise<Admission> {
  const body = bodyOf(event);
  const timestamp = headerOf(event, "x-slack-request-timestamp");
  const signature = headerOf(event, "x-slack-signature");
  const checked = checkSignature({ body, timestamp, signature }, await secret(), now);
  if (checked.kind === "refused") return checked;
  const { id, at } = checked;
  const isNew = await memory.claim(id, new Date(at).toISOString());
  if (!isNew) return { kind: "refused", why: "replayed" };
  return { kind: "admitted", id, body: body.toString("utf8") };
}

/** The bytes that were sent. Function URLs give what is no JSON in base64. */
function bodyOf({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** A header, whatever the case of its name. */
function headerOf({ headers }: APIGatewayProxyEventV2, name: string): string | undefined {
  return Object.entries(headers).find(([it]) => it.toLowerCase() === name)?.[1];
}
