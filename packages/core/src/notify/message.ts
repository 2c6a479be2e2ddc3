import type { Attribution } from "../model/attribution.ts";
import type { NoticeKind, Severity } from "../model/news.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { Cause } from "../model/trigger.ts";
import type { NextAction } from "./actions.ts";

/** One change in what we know of one control on one resource, in three parts for people. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly control: string;
  /** How this trouble stands to what people knew; missing where there is none (any more). */
  readonly news?: News;
  readonly saw: string;
  readonly did: string;
  /** What the reader can do; empty when there is nothing to do. */
  readonly next: string;
  /** A request that slips through. */
  readonly witness?: string;
  /** What a repair would deny that is not denied now. */
  readonly impact?: readonly string[];
  /** Code that puts it right where it is written from. */
  readonly fixes?: readonly SourceFix[];
  /** What was before, was written and is there now, where that is in the way. */
  readonly conflicts?: readonly string[];
  /** Who made the change, where that was asked. */
  readonly who?: Attribution;
  /** What the reader can have done, the most likely first. */
  readonly actions?: readonly NextAction[];
  /** Where it is written what to do about such news. */
  readonly runbook?: string;
}

/** Trouble that was not there, that got worse, or that is as bad in another way. */
export type News = "new" | "worse" | "changed";

/** What to write into somebody's own code, so that it stops writing another value. */
export interface SourceFix {
  readonly tool: "Terraform" | "CloudFormation" | "AWS CDK" | "SST";
  readonly lines: readonly string[];
}

/** One document that was written, for one or more controls. */
export interface Change {
  readonly document: string;
  readonly controls: readonly string[];
  /** Lines of what was written, see `plan/render.ts`. */
  readonly diff: readonly string[];
}

/** Everything that one reconcile has to tell, about one resource. */
export interface Message {
  /** The id of the task and of the ledger entry. */
  readonly id: string;
  readonly on: ResourceRef;
  /** What the organization calls the account, where that could be read. */
  readonly accountName?: string;
  /** The units above the account, from the nearest to the root, where they were read. */
  readonly organizationalUnits?: readonly string[];
  readonly cause: Cause;
  /** ISO 8601 */
  readonly at: string;
  readonly notices: readonly Notice[];
  readonly changes: readonly Change[];
  /** What would be written once somebody approves it. */
  readonly proposals?: readonly Change[];
}

/** Where messages go. A port: throws when the message was not taken. */
export interface Channel {
  readonly publish: (message: Message) => Promise<void>;
}

const severities: Readonly<Record<NoticeKind, Severity>> = {
  alarm: "critical",
  flagged: "warning",
  "approval-wanted": "warning",
  blocked: "warning",
  contested: "warning",
  undecided: "warning",
  unread: "warning",
  "waiver-ending": "warning",
  fixed: "info",
  recovered: "info",
  undone: "warning",
};

/** That of its most severe notice. */
export function severityOf({ notices }: Pick<Message, "notices">): Severity {
  const found = new Set(notices.map(({ kind }) => severities[kind]));
  if (found.has("critical")) return "critical";
  return found.has("warning") ? "warning" : "info";
}
