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
