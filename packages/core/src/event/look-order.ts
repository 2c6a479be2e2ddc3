import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { sendableJson } from "../kernel/json.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { LookOrder } from "../model/look-order.ts";
import { parseAccountId } from "../model/ref.ts";
import { refOf, refSchema, touchesOf, touchesSchema } from "./task.ts";

const text = z.string().min(1);

const schema = z.object({
  account: text,
  sweepId: text,
  looks: z
    .array(z.object({ ref: refSchema, touches: touchesSchema }))
    .min(1, "it names nothing to look at"),
  survey: z.literal(true).optional(),
});

/** Reads a message of the queue of looks. Throws InputError naming the bad place. */
export function parseLookOrder(message: string): LookOrder {
  const parsed = tryParse(schema, parsedJson(message));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(["order", ...(issue?.path ?? [])].join("."), issue?.message, parsed.error);
  }
  const { sweepId, survey } = parsed.data;
  const account = parseAccountId(parsed.data.account, "order.account");
  const looks = parsed.data.looks.map(({ ref, touches }, place) => ({
    ref: refOf(ref, `order.looks.${place}.ref`),
    touches: touchesOf(touches),
  }));
  const other = looks.findIndex(({ ref }) => ref.account !== account);
  if (other >= 0) {
    throw refused(`order.looks.${other}.ref.account`, "it is not the account of the order");
  }
  return { account, sweepId, looks, ...(survey === undefined ? {} : { survey }) };
}

export function printLookOrder(order: LookOrder): string {
  return sendableJson(order);
}

function parsedJson(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch (cause) {
    throw refused("order", "it is not JSON", cause);
  }
}

function refused(place: string, problem = "it is no order to look", cause?: unknown): InputError {
  const remedy = "Only sweep and look may send to this queue; look who else did.";
  return new InputError({ place, problem, remedy, ...(cause === undefined ? {} : { cause }) });
}
