import { resourceId, resourceName } from "../../model/ref.ts";
import { type Bulletin, isBulletin, type Mail } from "../bulletin.ts";
import type { Change, Message, Notice } from "../message.ts";
import { causeText, whoText } from "../render.ts";
import type { Block, RichElement, RichPiece, SlackContent } from "./block-kit.ts";
import { buttonFor } from "./buttons.ts";
import { type Press, pressLine } from "./press.ts";
import { code, cut, plain, section, strong, unmarked, words } from "./text.ts";

/** How a channel can show a message. */
export interface SlackFace {
  /** Without them, what could be pushed is shown as commands. */
  readonly buttons: boolean;
  /** What people did with the message so far, oldest first. */
  readonly presses?: readonly Press[];
}

/*
 * Slack takes 50 blocks, and refuses a message that is too long altogether without saying how long
 * that is; so a message is kept far below what others report.
 */
const mostNotices = 10;
const mostCharacters = 9_000;
const mostParts = 14;
const mostOfDiffs = 2_400;
const mostPresses = 5;

/** A mail as Slack shows it, within its limits. */
export function slackContent(mail: Mail, face: SlackFace): SlackContent {
  return isBulletin(mail) ? ofBulletin(mail) : ofMessage(mail, face);
}

function ofMessage(message: Message, { buttons, presses = [] }: SlackFace): SlackContent {
  const { on, notices, id, at } = message;
  const kinds = [...new Set(notices.map(({ kind }) => inWords(kind)))].join(", ");
  const title = `${sentence(kinds)}: ${resourceName(on)}`;
  const controls = [...new Set(notices.map(({ control }) => control))].join(", ");
  const shown = notices.slice(0, mostNotices);
  const share = Math.floor(mostCharacters / Math.max(shown.length, 1));
  const left = notices.length - shown.length;
  return {
    text: unmarked(cut(`${title} (${controls})`, 300)),
    blocks: [
      { type: "header", text: plain(title, 150) },
      rich([section(introduction(message))]),
      ...shown.flatMap((notice) => noticeBlocks(notice, { message, share, buttons, presses })),
      ...(left === 0 ? [] : [rich([section([words(`… and ${left} more: see the ledger entry`)])])]),
      ...diffs(message),
      ...(presses.length === 0 ? [] : [rich(presses.slice(-mostPresses).map(pressLine))]),
      { type: "context", elements: [plain(`Ledger entry ${id}, ${at}`, 300)] },
    ],
  };
}

function introduction({ on, accountName, cause }: Message): readonly RichPiece[] {
  const account = accountName === undefined ? on.account : `${accountName}, ${on.account}`;
  const place = `${resourceId(on)} (account ${account}, ${on.region})`;
  return [words(`${cut(place, 600)}\n${cut(causeText(cause), 600)}`)];
}

interface Around {
  readonly message: Message;
  /** How many characters the notice may take. */
  readonly share: number;
  readonly buttons: boolean;
  readonly presses: readonly Press[];
}

function noticeBlocks(notice: Notice, around: Around): readonly Block[] {
  const { kind, control, news } = notice;
  const { share, buttons, message, presses } = around;
  const suffix = news === undefined ? "" : ` (${news})`;
  const heading = strong(`${sentence(inWords(kind))} · ${control}${suffix}`);
  const text = rich([section([heading, ...linesOf(notice, share)]), ...fixesOf(notice, share)]);
  if (!buttons) return [withCommands(text, notice, share)];
  const open = (notice.actions ?? []).filter((it) => !isUsedUp(it.kind, control, presses));
  const elements = open.map((action) => buttonFor(action, notice, message.on));
  return elements.length === 0 ? [text] : [text, { type: "actions", elements }];
}

/** What is in work or done is not offered again; to look never ends. */
function isUsedUp(kind: string, control: string, presses: readonly Press[]): boolean {
  const own = presses.filter(({ ask }) => {
    if (ask.kind === "undo") return kind === "undo";
    return ask.control === control && kind !== "history" && kind !== "undo";
  });
  return own.some(({ outcome }) => outcome === undefined || outcome.isDone);
}

function linesOf(notice: Notice, share: number): readonly RichPiece[] {
  const { saw, did, next, witness, who, impact = [], conflicts = [], runbook } = notice;
  const parts: readonly (readonly [string, string])[] = [
    ["What we saw", saw],
    ...(witness === undefined ? [] : [["For example", witness] as const]),
    ...(who === undefined ? [] : [["Who did it", whoText(who)] as const]),
    ["What we did", did],
    ...impact.map((it) => ["It would deny", it] as const),
    ...(next === "" ? [] : [["What you can do", next] as const]),
    ...conflicts.map((it) => ["In the way", it] as const),
  ];
  const most = Math.max(
    60,
    Math.min(700, Math.floor((share * 0.8) / Math.min(parts.length, mostParts))),
  );
  const shown = parts.slice(0, mostParts);
  const pieces = shown.flatMap(([label, value]) => [
    strong(`\n${label}: `),
    words(cut(value, most)),
  ]);
  const left = parts.length - shown.length;
  return [
    ...pieces,
    ...(left === 0 ? [] : [words(`\n… and ${left} more: see the ledger entry`)]),
    ...(runbook === undefined ? [] : runbookLink(runbook)),
  ];
}

function runbookLink(url: string): readonly RichPiece[] {
  const isLink = /^https:\/\/\S{1,1000}$/.test(url);
  return [words("\n"), isLink ? { type: "link", url, text: "Runbook" } : words(cut(url, 300))];
}

/** Code that ends a quarrel, the first in full and the others by name: a message is no manual. */
function fixesOf({ fixes = [] }: Notice, share: number): readonly RichElement[] {
  const [first, ...others] = fixes;
  if (first === undefined) return [];
  const names = others.map(({ tool }) => tool).join(", ");
  const more = names === "" ? "" : ` (the e-mail also has it for ${names})`;
  const most = Math.min(1_200, Math.floor(share * 0.3));
  return [
    section([strong(`In ${first.tool}`), words(`${more}:`)]),
    code(first.lines, most, "see the e-mail"),
  ];
}

function withCommands(
  text: Extract<Block, { type: "rich_text" }>,
  { actions = [] }: Notice,
  share: number,
): Block {
  const lines = actions.flatMap(({ commands }) => commands?.warden ?? commands?.aws ?? []);
  if (lines.length === 0) return text;
  const most = Math.max(300, Math.min(1_500, Math.floor(share * 0.3)));
  return { ...text, elements: [...text.elements, code(lines, most, "see the e-mail")] };
}

function diffs({ changes, proposals = [] }: Message): readonly Block[] {
  const all = [
    ...changes.map((it) => ["was", it] as const),
    ...proposals.map((it) => ["would be", it] as const),
  ];
  if (all.length === 0) return [];
  const most = Math.floor(mostOfDiffs / all.length);
  return [rich(all.flatMap(([verb, change]) => diffOf(change, verb, most)))];
}

function diffOf(change: Change, verb: string, most: number): readonly RichElement[] {
  return [section([words(changeTitle(change, verb))]), code(change.diff, most, "Show diff")];
}

/** What a diff is of, in one line. */
export function changeTitle({ document, controls }: Change, verb: string): string {
  return cut(`The ${document} ${verb} changed for ${controls.join(", ")}:`, 300);
}

function ofBulletin({ title, sections, severity, id, at }: Bulletin): SlackContent {
  const most = Math.floor(mostCharacters / Math.max(sections.length, 1));
  const shown = sections.slice(0, 40);
  return {
    text: unmarked(cut(title, 300)),
    blocks: [
      { type: "header", text: plain(title, 150) },
      ...shown.map(({ title: heading, lines }) =>
        rich([section([strong(cut(heading, 150))]), code(lines, most, "see the e-mail")]),
      ),
      { type: "context", elements: [plain(`${sentence(severity)}, ${id}, ${at}`, 300)] },
    ],
  };
}

function rich(elements: readonly RichElement[]): Extract<Block, { type: "rich_text" }> {
  return { type: "rich_text", elements };
}

function inWords(kind: string): string {
  return kind.replaceAll("-", " ");
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
