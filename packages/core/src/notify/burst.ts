import { fingerprint } from "../kernel/hash.ts";
import type { NoticeKind } from "../model/news.ts";
import { resourceName } from "../model/ref.ts";
import type { Bulletin, Section } from "./bulletin.ts";
import { type Message, type Notice, severityOf } from "./message.ts";

/** More names than this help nobody; the ledger has them all. */
const mostNames = 15;

/** Messages of one account that came together, as one; `at` in ISO 8601. */
export function burstOf(messages: readonly [Message, ...Message[]], at: string): Bulletin {
  const [{ on, accountName }] = messages;
  const news = messages.flatMap((message) =>
    message.notices.map((notice) => ({ notice, name: resourceName(message.on) })),
  );
  const resources = new Set(news.map(({ name }) => name));
  const notices = news.map(({ notice }) => notice);
  return {
    kind: "burst",
    id: fingerprint(messages.map(({ id }) => id)),
    at,
    severity: severityOf({ notices }),
    title: `${counted(notices.length, "change")} on ${counted(resources.size, "resource")} of account ${accountName ?? on.account}`,
    account: on.account,
    ...(accountName === undefined ? {} : { accountName }),
    controls: unique(notices.map(({ control }) => control)),
    outcomes: unique(notices.map(({ kind }) => kind)),
    sections: [...sectionsOf(news), { title: "How to look closer", lines: [hint] }],
  };
}

const hint =
  "each has its own ledger entry: warden history <bucket> shows it with diffs, and what can be done";

interface News {
  readonly notice: Notice;
  readonly name: string;
}

/** One section for each kind of news and control, the largest first. */
function sectionsOf(news: readonly News[]): readonly Section[] {
  const groups = Map.groupBy(news, ({ notice }) => `${notice.kind} ${notice.control}`);
  return [...groups.values()]
    .toSorted((one, other) => other.length - one.length)
    .map((group) => ({ title: titleOf(group), lines: linesOf(group) }));
}

function titleOf(group: readonly News[]): string {
  const { kind, control } = group[0]?.notice ?? ({} as { kind?: NoticeKind; control?: string });
  return `${kind?.toUpperCase()}  ${control}: ${group.length}`;
}

function linesOf(group: readonly News[]): readonly string[] {
  const names = unique(group.map(({ name }) => name));
  const shown = names.slice(0, mostNames).join(", ");
  const rest = names.length - mostNames;
  return [
    rest > 0 ? `${shown} and ${rest} more` : shown,
    ...unique(group.map(({ notice }) => notice.saw))
      .slice(0, 1)
      .map((saw) => `e.g. ${saw}`),
  ];
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
