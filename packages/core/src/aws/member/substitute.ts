/** A value of a template: JSON, with intrinsic functions as objects of one member. */
export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** A text that is a parameter, `${…}`, becomes a `Ref` to it, and one that has some in it an `Fn::Sub`. */
export function substituted<T extends Readonly<Record<string, Json>>>(
  values: T,
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, withSubstitution(value)]),
  );
}

function withSubstitution(value: Json): Json {
  if (typeof value === "string") return textWith(value);
  if (typeof value !== "object") return value;
  if (isList(value)) return value.map(withSubstitution);
  return substituted(value);
}

function textWith(text: string): Json {
  const [, alone] = /^\$\{([\w:]+)\}$/.exec(text) ?? [];
  if (alone !== undefined) return { Ref: alone };
  return text.includes("${") ? { "Fn::Sub": text } : text;
}

/** `Array.isArray` does not narrow lists that are readonly. */
function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
