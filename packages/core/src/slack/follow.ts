import type { Clock } from "../kernel/index.ts";
import type { LedgerEntry, SlackDeed, SlackPlace } from "../model/index.ts";
import {
  type Message,
  type NextAction,
  type Press,
  type PressOutcome,
  pressOutcome,
  slackContent,
} from "../notify/index.ts";
import type { Ledger } from "../record/index.ts";
import { changeOf } from "./diff.ts";
import type { SlackMemory } from "./memory.ts";
import type { SlackBoard } from "./ports.ts";

/** What somebody did, with which message. */
export interface Push {
  readonly at: SlackPlace;
  readonly press: Press;
}

/** The id of the task that a push made, or why it made none. */
export type Begun =
  | { readonly kind: "begun"; readonly task: string }
  | { readonly kind: "refused"; readonly why: string };

/** A push whose outcome is to be shown; `until` in milliseconds since 1970. */
interface Pursuit extends Push {
  readonly begun: Begun;
  readonly until: number;
}

interface Ports {
  readonly board: Pick<SlackBoard, "update">;
  readonly memory: SlackMemory;
  readonly ledger: Pick<Ledger, "find">;
  readonly clock: Clock;
}

const pollMilliseconds = 250;

/**
 * Shows under a message who did what with it, waits for the outcome, and shows that. Doing it twice is
 * doing it once. Throws when Slack or a store fail; it must then be done again.
 */
export async function follow(
  { at, press, begun, until }: Pursuit,
  ports: Ports,
): Promise<PressOutcome> {
  await ports.memory.savePress(at, press);
  await show(at, ports);
  const { entry, outcome } =
    begun.kind === "begun"
      ? await outcomeOf(begun.task, press.ask, { ...ports, until })
      : { entry: undefined, outcome: { isDone: false, text: `not done: ${begun.why}` } };
  await ports.memory.savePress(at, { ...press, outcome });
  if (entry !== undefined) await renew(at, press.ask, entry, ports.memory);
  await show(at, ports);
  return outcome;
}

async function show(at: SlackPlace, { board, memory }: Ports): Promise<void> {
  const [message, presses] = await Promise.all([memory.message(at), memory.presses(at)]);
  // Kept for a month: whoever answers an older message reads of it in the next one.
  if (message === undefined) return;
  await board.update(at, slackContent(message, { buttons: true, presses }));
}

interface Waiting extends Pick<Ports, "ledger" | "clock"> {
  readonly until: number;
}

interface Found {
  readonly entry?: LedgerEntry;
  readonly outcome: PressOutcome;
}

async function outcomeOf(
  task: string,
  ask: SlackDeed,
  { ledger, clock, until }: Waiting,
): Promise<Found> {
  for (;;) {
    const entry = await ledger.find(task);
    const outcome = entry?.announced === true ? pressOutcome(ask, entry) : undefined;
    if (entry !== undefined && outcome !== undefined) return { entry, outcome };
    if (clock.now() + pollMilliseconds > until) return { outcome: unfinished };
    await clock.sleep(pollMilliseconds);
  }
}

const unfinished: PressOutcome = {
  isDone: false,
  text: "still in work; the history of the bucket shows what comes of it",
};

/** A plan that changed since it was shown is shown anew, to be approved as it is now. */
async function renew(
  at: SlackPlace,
  ask: SlackDeed,
  { plan }: LedgerEntry,
  memory: SlackMemory,
): Promise<void> {
  if (ask.kind !== "approve") return;
  const held = plan.held.find((it) => it.control === ask.control);
  const message = await memory.message(at);
  if (held?.approval === undefined || message === undefined) return;
  const others = (message.proposals ?? []).filter((it) => !it.controls.includes(ask.control));
  await memory.saveMessage(at, {
    ...message,
    notices: withApproval(message.notices, ask.control, held.approval),
    proposals: [...others, ...(held.wanted ?? []).map(changeOf)],
  });
}

function withApproval(
  notices: Message["notices"],
  control: string,
  approval: string,
): Message["notices"] {
  const renewed = (action: NextAction): NextAction =>
    action.kind === "approve" && action.control === control
      ? {
          ...action,
          approval,
          request: { ...action.request, payload: { ...action.request.payload, approval } },
        }
      : action;
  return notices.map((notice) =>
    notice.actions === undefined ? notice : { ...notice, actions: notice.actions.map(renewed) },
  );
}
