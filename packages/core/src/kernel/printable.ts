/**
 * Control characters, line and paragraph separators, marks that turn the direction of a text, halves of
 * a character, and the two characters of which Unicode says that they are none.
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * One line that is safe to print and to send: names, reasons and user agents are chosen by strangers,
 * and such a character among them could forge what a reader sees, or make a channel refuse the text.
 */
export function printable(text: string): string {
  return text.replace(unprintable, "\ufffd");
}

/**
 * The same text with each such character shown by its number, as in JSON, so that JSON means the same
 * afterwards. Line breaks, tabs and colors stay: they are our own where the text was printable before.
 */
export function escaped(text: string): string {
  return text.replace(unprintable, (character, at: number) =>
    isOwn(character, text, at) ? character : numberOf(character),
  );
}

/** A color, and nothing else that begins with an escape, is let through to the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a color begins with one.
const color = /\u001b\[[0-9;]{0,8}m/y;

function isOwn(character: string, text: string, at: number): boolean {
  color.lastIndex = at;
  return character === "\n" || character === "\t" || color.test(text);
}

function numberOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
