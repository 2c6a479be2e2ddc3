import type { Severity } from "../model/news.ts";
import type { AccountId } from "../model/ref.ts";
import type { Message } from "./message.ts";

/** Many messages in short: what came in a burst from one account, or what a day brought. */
export interface Bulletin {
  readonly kind: "burst" | "digest";
  readonly id: string;
  /** ISO 8601 */
  readonly at: string;
  readonly severity: Severity;
  readonly title: string;
  readonly account?: AccountId;
  readonly accountName?: string;
  /** What it is about, for filters. */
  readonly controls: readonly string[];
  readonly outcomes: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What a channel is handed. */
export type Mail = Message | Bulletin;

export function isBulletin(mail: Mail): mail is Bulletin {
  return "sections" in mail;
}
