import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { UndoTrigger } from "../model/trigger.ts";

const text = z.string().trim().min(1);

const schema = z.strictObject({
  undo: text,
  mode: z.enum(["plan", "apply"]),
  reason: text,
  requestedBy: text,
});

/** A request to undo; which resource the entry is about stands in the ledger. */
export type UndoRequest = Pick<UndoTrigger, "entry" | "mode" | "reason" | "requestedBy">;

/** Whether a request wants something undone, whatever else is wrong with it. */
export function asksToUndo(input: unknown): boolean {
  return typeof input === "object" && input !== null && "undo" in input;
}

/** Reads a request to undo. Throws InputError naming the bad field and what to give instead. */
export function parseUndo(input: unknown): UndoRequest {
  const parsed = tryParse(schema, input);
  if (parsed.success) {
    const { undo: entry, ...rest } = parsed.data;
    return { entry, ...rest };
  }
  const issue = parsed.error.issues[0];
  throw new InputError({
    place: ["request", ...(issue?.path ?? [])].join("."),
    problem: issue?.message ?? "it is not an object",
    remedy: 'Send {"undo": a ledger entry, "mode": "plan" | "apply", "reason", "requestedBy"}.',
    cause: parsed.error,
  });
}
