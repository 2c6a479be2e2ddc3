import type { NoticeKind } from "../model/news.ts";
import { type Message, type Notice, severityOf } from "./message.ts";

/** How far the trouble behind a notice is, for those who keep findings of their own. */
export type Progress = "opened" | "updated" | "accepted" | "closed";

/** What one notice says of one finding, in the terms that findings of others are kept in. */
export function progressOf({ kind, news }: Notice): Progress {
  switch (kind) {
    case "fixed":
    case "recovered":
      return "closed";
    case "undone":
    case "waiver-ending":
      return "accepted";
    default:
      return news === undefined || news === "new" ? "opened" : "updated";
  }
}

/** Whether the control says that it is right, that it is wrong, or that nobody knows. */
export function verdictOf(kind: NoticeKind): "passed" | "failed" | "unknown" {
  switch (kind) {
    case "fixed":
    case "recovered":
      return "passed";
    case "undecided":
    case "unread":
      return "unknown";
    default:
      return "failed";
  }
}

/** What a finding is about, and when that was seen. */
export type Subject = Pick<Message, "on" | "at" | "accountName"> & Partial<Pick<Message, "id">>;

/** Names a finding for as long as it lives: news about it has the same name. */
export function findingId({ id, on }: Subject, { control, kind }: Notice): string {
  // An alarm is about a call, and each call is one.
  if (kind === "alarm") return `bucket-warden/alarm/${id}`;
  const region = on.kind === "account" ? "global" : on.region;
  const name = on.kind === "bucket" ? `/${on.name}` : "";
  return `bucket-warden/${on.account}/${region}${name}/${control}`;
}

export function isUrgent(notice: Notice): boolean {
  return severityOf({ notices: [notice] }) === "critical";
}
