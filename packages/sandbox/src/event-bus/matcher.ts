import { type BlockList, isIP } from "node:net";

/** One condition on one value of an event. */
export type Matcher =
  | { readonly kind: "exactly"; readonly value: string | number | boolean | null }
  | { readonly kind: "prefix" | "suffix" | "same-letters"; readonly text: string }
  | { readonly kind: "prefix-any-case" | "suffix-any-case"; readonly text: string }
  | { readonly kind: "wildcard"; readonly pattern: RegExp }
  | { readonly kind: "exists"; readonly wanted: boolean }
  | { readonly kind: "numeric"; readonly bounds: readonly NumericBound[] }
  | { readonly kind: "cidr"; readonly block: BlockList }
  | { readonly kind: "anything-but"; readonly excluded: readonly Matcher[] };

export interface NumericBound {
  readonly operator: "=" | "<" | "<=" | ">" | ">=";
  readonly value: number;
}

/** Whether `value`, which is present and neither list nor object, satisfies the matcher. */
export function matchesValue(matcher: Matcher, value: unknown): boolean {
  switch (matcher.kind) {
    case "exactly":
      return value === matcher.value;
    case "exists":
      return matcher.wanted;
    case "numeric":
      return typeof value === "number" && matcher.bounds.every((bound) => isInside(bound, value));
    case "anything-but":
      return !matcher.excluded.some((excluded) => matchesValue(excluded, value));
    case "prefix":
    case "suffix":
    case "same-letters":
    case "prefix-any-case":
    case "suffix-any-case":
    case "wildcard":
    case "cidr":
      return typeof value === "string" && matchesText(matcher, value);
  }
}

type TextMatcher = Extract<
  Matcher,
  {
    kind:
      | "prefix"
      | "suffix"
      | "same-letters"
      | "prefix-any-case"
      | "suffix-any-case"
      | "wildcard"
      | "cidr";
  }
>;

function matchesText(matcher: TextMatcher, value: string): boolean {
  switch (matcher.kind) {
    case "prefix":
      return value.startsWith(matcher.text);
    case "suffix":
      return value.endsWith(matcher.text);
    case "same-letters":
      return value.toLowerCase() === matcher.text.toLowerCase();
    case "prefix-any-case":
      return value.toLowerCase().startsWith(matcher.text.toLowerCase());
    case "suffix-any-case":
      return value.toLowerCase().endsWith(matcher.text.toLowerCase());
    case "wildcard":
      return matcher.pattern.test(value);
    case "cidr":
      return isIP(value) !== 0 && matcher.block.check(value, isIP(value) === 6 ? "ipv6" : "ipv4");
  }
}

function isInside({ operator, value: bound }: NumericBound, value: number): boolean {
  switch (operator) {
    case "=":
      return value === bound;
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
  }
}
