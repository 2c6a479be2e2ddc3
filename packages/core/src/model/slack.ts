import type { ResourceRef } from "./ref.ts";

/** Who pushed a button. */
export interface SlackUser {
  /** Slack's own id, e.g. `U0123ABCD`: the name can be changed by its owner. */
  readonly id: string;
  readonly name?: string;
  /** The workspace. */
  readonly team?: string;
}

/** A message in Slack: its channel, and the time that names it there. */
export interface SlackPlace {
  readonly channel: string;
  readonly ts: string;
}

/** What a button asks for: all that is known of it when it is pushed days later. */
export type SlackAsk =
  | SlackDeed
  /** Show the whole diff of a ledger entry. */
  | { readonly kind: "diff"; readonly on: ResourceRef; readonly entry: string };

/** What changes something. */
export type SlackDeed =
  /** Write just the plan that was shown. */
  | {
      readonly kind: "approve";
      readonly on: ResourceRef;
      readonly control: string;
      readonly approval: string;
    }
  /** Have one control repair what the baseline leaves to people. */
  | { readonly kind: "repair"; readonly on: ResourceRef; readonly control: string }
  /** Take back what the ledger entry wrote. */
  | { readonly kind: "undo"; readonly on: ResourceRef; readonly entry: string }
  /** Accept the drift of one control for some days; the reason is asked for first. */
  | {
      readonly kind: "waive";
      readonly on: ResourceRef;
      readonly control: string;
      readonly days: number;
    };

/** A person in Slack as the ledger names them. */
export function slackUserName({ id, name, team }: SlackUser): string {
  const called = name === undefined ? "" : ` (${name})`;
  const where = team === undefined ? "" : ` of ${team}`;
  return `Slack user ${id}${called}${where}`;
}

/** The parts of the form that asks for the reason of a waiver, by which its answer is read. */
export const waiverForm = { callback: "waive", block: "reason", input: "text" } as const;
