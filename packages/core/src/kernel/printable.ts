/** Control characters, line and paragraph separators, and marks that turn the direction of a text. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * One line that is safe to print: names, reasons and user agents are chosen by strangers, and such a
 * character among them could forge what a reader sees.
 */
export function printable(text: string): string {
  return text.replace(unprintable, "\ufffd");
}
