import { assertNever } from "../../kernel/never.ts";
import type { ResourceRef } from "../../model/ref.ts";
import type { SlackAsk } from "../../model/slack.ts";
import type { NextAction } from "../actions.ts";
import type { Notice } from "../message.ts";
import type { Button } from "./block-kit.ts";
import { plain } from "./text.ts";

/** The button of an action, with all that is needed when it is pushed days later. */
export function buttonFor(action: NextAction, notice: Notice, on: ResourceRef): Button {
  const ask = askFor(action, on);
  const { text, style, confirm } = faceOf(action, notice);
  return {
    type: "button",
    text: plain(text, 75),
    action_id: ask.kind,
    value: JSON.stringify(ask),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: confirmation(confirm) }),
  };
}

function askFor(action: NextAction, on: ResourceRef): SlackAsk {
  switch (action.kind) {
    case "approve":
      return { kind: "approve", on, control: action.control, approval: action.approval };
    case "repair":
      return { kind: "repair", on, control: action.control };
    case "undo":
      return { kind: "undo", on, entry: action.entry };
    case "waive":
      return { kind: "waive", on, control: action.control, days: action.days };
    case "history":
      return { kind: "diff", on, entry: action.entry };
    default:
      return assertNever(action);
  }
}

interface Face {
  readonly text: string;
  readonly style?: "primary" | "danger";
  /** What is asked before it happens; what cannot be asked back needs no question. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly verb: string };
}

function faceOf(action: NextAction, { impact = [] }: Notice): Face {
  switch (action.kind) {
    case "approve":
      return {
        text: "Approve plan",
        style: "primary",
        confirm: { title: "Write just this plan?", text: consequences(impact), verb: "Approve" },
      };
    case "repair":
      return {
        text: "Repair",
        style: "primary",
        confirm: { title: `Repair ${action.control}?`, text: consequences(impact), verb: "Repair" },
      };
    case "undo":
      return {
        text: "Undo",
        style: "danger",
        confirm: {
          title: "Take it back?",
          text: "What was written is taken back; what others changed since stays.",
          verb: "Undo",
        },
      };
    case "waive":
      return { text: `Waive ${action.days} days` };
    case "history":
      return { text: "Show diff" };
    default:
      return assertNever(action);
  }
}

function consequences(impact: readonly string[]): string {
  return impact.length === 0 ? "Nothing is known that it would deny." : impact.join(" ");
}

function confirmation({
  title,
  text,
  verb,
}: NonNullable<Face["confirm"]>): NonNullable<Button["confirm"]> {
  return {
    title: plain(title, 100),
    text: plain(text, 300),
    confirm: plain(verb, 30),
    deny: plain("Cancel", 30),
  };
}
