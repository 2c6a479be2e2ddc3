/** Puts lines between the two markers of a page, and leaves everything else as it is. */
export function fillIn(
  { path, text }: { readonly path: string; readonly text: string },
  marker: string,
  lines: readonly string[],
): string {
  const begin = `<!-- ${marker}: made by npm run docs -->\n`;
  const end = `<!-- end of ${marker} -->`;
  const [before = "", after, ...more] = text.split(begin);
  const [, rest, ...others] = after?.split(end) ?? [];
  if (rest === undefined || more.length > 0 || others.length > 0) {
    throw new Error(`${path} must hold "${begin.trim()}" and "${end}" once each, in this order`);
  }
  return `${before}${begin}\n${lines.join("\n")}\n\n${end}${rest}`;
}
