import { type ResourceRef, resourceName } from "../../model/ref.ts";
import { type SlackAsk, type SlackPlace, waiverForm } from "../../model/slack.ts";
import type { Change } from "../message.ts";
import type { View } from "./block-kit.ts";
import { changeTitle } from "./content.ts";
import { code, plain, section, words } from "./text.ts";

/** Asks why drift shall be accepted; `at` is the message whose button was pushed. */
export function waiverView(ask: Extract<SlackAsk, { kind: "waive" }>, at: SlackPlace): View {
  const { control, days, on } = ask;
  const text = `${control} on ${resourceName(on)} is left as it is for ${days} days. The reason is kept in the ledger, with your name.`;
  return {
    type: "modal",
    callback_id: waiverForm.callback,
    private_metadata: JSON.stringify({ ask, at }),
    title: plain(`Waive for ${days} days`, 24),
    submit: plain("Waive", 24),
    close: plain("Cancel", 24),
    blocks: [
      { type: "rich_text", elements: [section([words(text)])] },
      {
        type: "input",
        block_id: waiverForm.block,
        label: plain("Why", 2_000),
        element: {
          type: "plain_text_input",
          action_id: waiverForm.input,
          multiline: true,
          max_length: 500,
        },
      },
    ],
  };
}

const mostOfView = 12_000;

/** The whole of what was and would be written, as far as Slack takes it. */
export function diffView(
  on: ResourceRef,
  { was, wouldBe }: { readonly was: readonly Change[]; readonly wouldBe: readonly Change[] },
): View {
  const all = [
    ...was.map((it) => [changeTitle(it, "was"), it.diff] as const),
    ...wouldBe.map((it) => [changeTitle(it, "would be"), it.diff] as const),
  ];
  const most = Math.floor(mostOfView / Math.max(all.length, 1));
  const elements = all.flatMap(([title, diff]) => [
    section([words(title)]),
    code(diff, most, "see warden history"),
  ]);
  const nothing = [section([words(`Nothing was written to ${resourceName(on)}.`)])];
  return {
    type: "modal",
    title: plain("What changed", 24),
    close: plain("Close", 24),
    blocks: [{ type: "rich_text", elements: elements.length === 0 ? nothing : elements }],
  };
}

/** Says why something was not done, to the one who asked for it. */
export function refusalView(why: string): View {
  return {
    type: "modal",
    title: plain("Not done", 24),
    close: plain("Close", 24),
    blocks: [{ type: "rich_text", elements: [section([words(why)])] }],
  };
}
