import { nearest } from "../../kernel/nearest.ts";
import type { JsonNode, ObjectNode } from "./json-reader.ts";
import type { Report } from "./report.ts";

/** Where a part of the document stands and where its faults are reported. */
export interface Place {
  readonly path: string;
  readonly report: Report;
}

/** The value of a key; of repeated keys the last, as JSON.parse has it (they are errors anyway). */
export function memberOf(node: ObjectNode, key: string): JsonNode | undefined {
  return node.members.findLast((member) => member.key === key)?.value;
}

export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === "string" ? node.value : undefined;
}

/** `path` and `key` as one path; keys that would be unclear after a dot are put in brackets. */
export function pathTo(path: string, key: string): string {
  if (!/^[A-Za-z]\w*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** Reports every element that the grammar does not know: AWS matches their names with regard to case. */
export function checkElements(
  check: Place & { readonly node: ObjectNode; readonly known: readonly string[] },
): void {
  for (const { key } of check.node.members) {
    if (check.known.includes(key)) continue;
    check.report.error({
      code: "policy.unknown-element",
      path: pathTo(check.path, key),
      message: `the policy language has no element ${JSON.stringify(key)} here`,
      didYouMean: nearest(key, check.known),
    });
  }
}

/** Reports keys that stand twice in one object, at every depth: only one of the two can count. */
export function reportRepeatedKeys(node: JsonNode, path: string, report: Report): void {
  if (node.kind === "array") {
    node.items.forEach((item, index) => {
      reportRepeatedKeys(item, `${path}[${index}]`, report);
    });
  }
  if (node.kind !== "object") return;
  const seen = new Set<string>();
  for (const { key, value } of node.members) {
    const here = pathTo(path, key);
    if (seen.has(key)) {
      const message = `${JSON.stringify(key)} stands here more than once, and only one would count`;
      report.error({ code: "policy.duplicate-key", path: here, message });
    }
    seen.add(key);
    reportRepeatedKeys(value, here, report);
  }
}

/** A string, or a list of strings. */
export function readStrings(node: JsonNode, place: Place): readonly string[] | undefined {
  if (node.kind === "string") return [node.value];
  // Stryker disable next-line ConditionalExpression: for the compiler
  const items = node.kind === "array" ? node.items : undefined;
  const strings = items?.flatMap((item) => stringOf(item) ?? []);
  // Stryker disable next-line OptionalChaining: for the compiler
  if (items === undefined || strings?.length !== items.length) {
    const message = "must be a string or a list of strings";
    place.report.error({ code: "policy.wrong-type", path: place.path, message });
    return undefined;
  }
  if (items.length === 0) {
    const message = "the list is empty";
    place.report.warning({ code: "policy.empty-list", path: place.path, message });
  }
  return strings;
}
