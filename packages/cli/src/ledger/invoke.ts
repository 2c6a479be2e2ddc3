import { invokeFunction } from "@bucket-warden/core/aws";
import type { PastWork } from "@bucket-warden/core/history";
import type { ManualAnswer } from "@bucket-warden/functions/invoke";

export interface UndoRequest {
  readonly undo: string;
  readonly mode: "plan" | "apply";
  readonly reason: string;
  readonly requestedBy: string;
}

export interface RepairRequest {
  readonly bucket: string;
  readonly account?: string;
  readonly controls?: readonly string[];
  readonly approval?: string;
  readonly mode: "plan" | "apply";
  readonly reason: string;
  readonly requestedBy: string;
}

/** Has the deployed function repair a bucket or undo an entry, or plan it. */
export async function requestByHand(
  name: string,
  request: RepairRequest | UndoRequest,
): Promise<ManualAnswer> {
  return (await invokeFunction(name, request)) as ManualAnswer; // what that function answers
}

export interface HistoryRequest {
  readonly bucket: string;
  readonly account?: string;
  readonly most: number;
}

/** Asks the deployed function what was done about a bucket. */
export async function requestHistory(
  name: string,
  request: HistoryRequest,
): Promise<readonly PastWork[]> {
  const answer = await invokeFunction(name, request);
  return (answer as { readonly entries: readonly PastWork[] }).entries; // as above
}
