import type { Change, Message } from "./message.ts";

/** The message, or as much of it as `measure` finds no longer than `most`: the longest parts go first. */
export function shortened(
  message: Message,
  measure: (message: Message) => number,
  most: number,
): Message {
  for (const it of [message, withoutDiffs(message)]) if (measure(it) <= most) return it;
  return inShort(message);
}

const tooLong = "(too long for a message; the ledger entry has it)";

function withoutDiffs({ proposals, ...message }: Message): Message {
  const emptied = (changes: readonly Change[]) =>
    changes.map((change) => ({ ...change, diff: [tooLong] }));
  return {
    ...message,
    changes: emptied(message.changes),
    ...(proposals === undefined ? {} : { proposals: emptied(proposals) }),
  };
}

/** What was seen and done, and what to do, is told in any case. */
function inShort(message: Message): Message {
  const notices = message.notices.map(({ impact, fixes, conflicts, witness, ...notice }) => ({
    ...notice,
    saw: cut(notice.saw),
    did: cut(notice.did),
    next: cut(notice.next),
    ...(witness === undefined ? {} : { witness: cut(witness) }),
    ...(impact === undefined ? {} : { impact: [tooLong] }),
    ...(conflicts === undefined ? {} : { conflicts: [tooLong] }),
    ...(fixes === undefined ? {} : { fixes: fixes.map((fix) => ({ ...fix, lines: [tooLong] })) }),
  }));
  return { ...withoutDiffs(message), notices };
}

function cut(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 500).toWellFormed()} … ${tooLong}`;
}
