import { setTimeout } from "node:timers/promises";
import type { ManualAnswer } from "@bucket-warden/functions/invoke";
import { type Command, Option } from "commander";
import { interruptible, wasInterrupted } from "../interrupt.ts";
import { answerLines } from "../ledger/describe.ts";
import type { RepairRequest, UndoRequest } from "../ledger/invoke.ts";
import type { Answered } from "../local/by-hand.ts";
import { type Place, placeOptions, requireLocal } from "../local/place.ts";
import { heldAfterWork } from "../output/own-words.ts";
import { note, print } from "../terminal.ts";

/** The options of every request that the deployed function or this process carries out. */
export interface ByHand extends Place {
  readonly plan?: boolean;
  readonly reason: string;
  readonly by: string;
  readonly function: string;
  readonly account?: string;
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
  const answer = await requestByHand(options.function, request);
  const isOver = request.mode === "plan" || answer.pending.length === 0;
  return { answer: isOver ? answer : await follow(answer, options) };
}

const pauseMilliseconds = 5_000;

/** A function may only run for so long, while the queue goes on: what it could not wait for is waited for here. */
async function follow(answer: ManualAnswer, { function: name, account }: ByHand) {
  const [{ requestHistory }, { followed }] = await Promise.all([
    import("../ledger/invoke.ts"),
    import("../ledger/follow.ts"),
  ]);
  const history = name.replace(/-invoke$/, "-history");
  const of = { most: 20, ...(account === undefined ? {} : { account }) };
  const pauseUntil = (signal: AbortSignal) =>
    setTimeout(pauseMilliseconds, undefined, { signal }).catch(() => {});
  return interruptible(
    (signal) =>
      followed(answer, {
        historyOf: (bucket) => requestHistory(history, { ...of, bucket }),
        pause: () => pauseUntil(signal),
        tell: (pending) => note(`Still being worked on: ${pending.join(", ")}`),
        signal,
      }),
    "Stopping to wait. What was asked for goes on: look at `warden history`.",
  );
}

export function showAnswer({ answer, told }: Answered, options: Pick<ByHand, "json" | "local">) {
  if (options.json === true) {
    print(JSON.stringify(answer));
    return;
  }
  const isLocal = options.local === true;
  const results = answer.results.map((it) => ({
    ...it,
    held: heldAfterWork(it.held, { resource: it.resource, isLocal }),
  }));
  for (const line of answerLines({ ...answer, results }, told, whyPending(options))) print(line);
}

function whyPending({ local }: Pick<ByHand, "local">): string {
  return local === true && wasInterrupted() ? "was not begun" : "is still being worked on";
}

/** What every request says of itself. */
export function signed({ plan, reason, by: requestedBy }: ByHand) {
  return { mode: plan === true ? "plan" : "apply", reason, requestedBy } as const;
}
