import { type Command, Option } from "commander";
import { interruptible, wasInterrupted } from "../interrupt.ts";
import { answerLines } from "../ledger/describe.ts";
import type { RepairRequest, UndoRequest } from "../ledger/invoke.ts";
import type { Answered } from "../local/by-hand.ts";
import { type Place, placeOptions, requireLocal } from "../local/place.ts";
import { print } from "../terminal.ts";

/** The options of every request that the deployed function or this process carries out. */
export interface ByHand extends Place {
  readonly plan?: boolean;
  readonly reason: string;
  readonly by: string;
  readonly function: string;
  readonly json?: boolean;
}

/** Adds the options about who carries it out, and how the answer is shown. */
export function addPlaceOptions(command: Command): void {
  command.addOption(
    new Option("--function <name>", "the deployed function to ask")
      .default("bucket-warden-invoke")
      .conflicts("local"),
  );
  for (const option of placeOptions()) command.addOption(option);
  command.option("--json", "print one JSON object");
}

/** Asks the function, or this process. The SDK is large, and most other commands do without it. */
export async function answerTo(
  request: RepairRequest | UndoRequest,
  options: ByHand,
  here: (local: typeof import("../local/by-hand.ts"), signal: AbortSignal) => Promise<Answered>,
): Promise<Answered> {
  requireLocal(options);
  if (options.local === true) {
    return interruptible(async (signal) => here(await import("../local/by-hand.ts"), signal));
  }
  const { requestByHand } = await import("../ledger/invoke.ts");
  return { answer: await requestByHand(options.function, request) };
}

export function showAnswer({ answer, told }: Answered, { json }: Pick<ByHand, "json">): void {
  if (json === true) print(JSON.stringify(answer));
  else for (const line of answerLines(answer, told, whyPending())) print(line);
}

function whyPending(): string {
  return wasInterrupted() ? "was not begun" : "is still being worked on";
}

/** What every request says of itself. */
export function signed({ plan, reason, by: requestedBy }: ByHand) {
  return { mode: plan === true ? "plan" : "apply", reason, requestedBy } as const;
}
