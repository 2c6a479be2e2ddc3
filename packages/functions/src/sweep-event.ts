import { InputError } from "@bucket-warden/core/kernel";
import { parseAccountId } from "@bucket-warden/core/model";
import type { Slice } from "@bucket-warden/core/sweep-account";
import type { Context } from "aws-lambda";
import * as z from "zod";

const total = z.int().nonnegative();

/** What a schedule sends; EventBridge fills in the account of the rule. */
const schema = z.object({
  id: z.string().min(1).optional(),
  account: z.string().optional(),
  /** Only where a slice of the sweep left the rest to another. */
  from: z
    .object({ token: z.string().min(1), queued: total, buckets: total, skipped: total.default(0) })
    .optional(),
});

/** The sweep that an event asks for, or the rest of one. Throws InputError for any other event. */
export function sliceIn(event: unknown, { invokedFunctionArn, awsRequestId }: Context): Slice {
  const parsed = schema.safeParse(event);
  if (!parsed.success) {
    throw new InputError({
      place: ["event", ...(parsed.error.issues[0]?.path ?? [])].join("."),
      problem: parsed.error.issues[0]?.message ?? "it is no sweep",
      remedy: "A schedule and the function itself send events; look who else did.",
      cause: parsed.error,
    });
  }
  const { id = awsRequestId, account = invokedFunctionArn.split(":")[4] ?? "", from } = parsed.data;
  const slice = { account: parseAccountId(account, "event.account"), sweepId: id };
  return from === undefined ? slice : { ...slice, from };
}
