import type { SlackBlock } from "./blocks.ts";

/**
 * Whom and what a message would make Slack do more than show text: `<!channel>`, a mention, a link or a
 * format, written as mrkdwn anywhere in it, or as an element of rich text.
 */
export function effectsOf(text: string, blocks: readonly SlackBlock[]): readonly string[] {
  return [...markupIn(text), ...blocks.flatMap(effectsOfBlock)];
}

function effectsOfBlock(block: SlackBlock): readonly string[] {
  switch (block.type) {
    case "section":
      return [block.text, ...(block.fields ?? [])].flatMap(effectsOfText);
    case "context":
      return block.elements.flatMap(effectsOfText);
    case "actions":
      return block.elements.flatMap(({ confirm, url }) => [
        ...effectsOfText(confirm?.text),
        ...(url === undefined ? [] : [url]),
      ]);
    case "rich_text":
      return block.elements.flatMap(({ elements }) => elements.flatMap(effectsOfRich));
    case "header":
    case "divider":
      return [];
  }
}

type Text = Extract<SlackBlock, { type: "section" }>["text"];

function effectsOfText(text: Text): readonly string[] {
  if (text?.type !== "mrkdwn") return [];
  return [...markupIn(text.text), ...(text.verbatim === true ? [] : autoLinksIn(text.text))];
}

type Rich = Extract<SlackBlock, { type: "rich_text" }>["elements"][number]["elements"][number];

function effectsOfRich(element: Rich): readonly string[] {
  switch (element.type) {
    case "text":
      return [];
    case "link":
      return [element.url];
    case "user":
      return [`<@${element.user_id}>`];
    case "usergroup":
      return [`<!subteam^${element.usergroup_id}>`];
    case "broadcast":
      return [`<!${element.range}>`];
  }
}

/** Everything between angle brackets is a command to Slack; stars and the like are formats. */
function markupIn(text: string): readonly string[] {
  const commands = text.match(/<[^>]*>/g) ?? [];
  const formats = text.match(/(?<![\w])([*_~`])(?=\S)[^\n]*?\S\1(?![\w])/g) ?? [];
  return [...commands, ...formats];
}

function autoLinksIn(text: string): readonly string[] {
  return text.match(/\b(?:https?:\/\/|www\.)\S+|[@#][\w-]+/g) ?? [];
}
