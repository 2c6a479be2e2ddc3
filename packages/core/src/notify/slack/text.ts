import { printable } from "../../kernel/printable.ts";
import type { PlainText, RichElement, RichPiece } from "./block-kit.ts";

/** At most so many characters, on one line; what is left out is said. */
export function cut(text: string, most: number): string {
  const line = printable(text);
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

/** Text that Slack shows as it is; it takes none that is empty. */
export function plain(text: string, most: number): PlainText {
  return { type: "plain_text", text: cut(text, most) || "-", emoji: false };
}

/**
 * Text for a place where Slack reads markup. Its three characters are escaped; formats cannot be, so the
 * marks that would make one are left out.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function unmarked(text: string): string {
  const plainly = text.replace(/[*~`]|(?<!\w)_|_(?!\w)/g, " ");
  return plainly.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A text element may not be empty. */
export function words(text: string): RichPiece {
  return { type: "text", text: text === "" ? " " : text };
}

export function strong(text: string): RichPiece {
  return { type: "text", text: text === "" ? " " : text, style: { bold: true } };
}

export function section(elements: readonly RichPiece[]): RichElement {
  return { type: "rich_text_section", elements };
}

/** Lines as they are, until there would be too many characters; says what is missing and where it is. */
export function code(lines: readonly string[], most: number, rest: string): RichElement {
  const shown: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > most && shown.length > 0) break;
    shown.push(cut(line, most));
    if (length > most) break;
  }
  const missing = lines.length - shown.length;
  const note = missing === 0 ? [] : [`… ${missing} more lines: ${rest}`];
  const text = [...shown, ...note].join("\n");
  return { type: "rich_text_preformatted", elements: [words(text)] };
}
