/**
 * The command that undoes a call, with what the call named filled in. A parameter that is not there,
 * or that a shell would not take as one plain word, stays as `<name>`: whoever made the call chose it.
 */
export function undoOf(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template
    .replaceAll(/\[( [^\]"]*)\]/g, (_, part: string) =>
      placesIn(part).every((name) => plainWord(parameters[name]) !== undefined) ? part : "",
    )
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => plainWord(parameters[name]) ?? `<${name}>`);
}

function placesIn(part: string): readonly string[] {
  return [...part.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
}

function plainWord(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w.:/@+=][\w.:/@+=-]{0,2047}$/.test(value)
    ? value
    : undefined;
}
