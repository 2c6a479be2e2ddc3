/**
 * One line that is safe to print: names, reasons and user agents are chosen by strangers, and a
 * control character, line break or direction mark among them could forge what a reader sees.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    "\ufffd",
  );
}
