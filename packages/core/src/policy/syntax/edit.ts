import type { Json } from "../../kernel/index.ts";
import type { Policy, Span } from "./document.ts";
import { type JsonNode, readJson } from "./json-reader.ts";
import { memberOf } from "./nodes.ts";

/** Which statements go, by their place in the document, and what is put after the last one. */
export interface Edit {
  readonly drop: readonly number[];
  readonly append: readonly Json[];
}

/**
 * The text of the policy with the edit made. Every statement that stays keeps its bytes and its order,
 * and everything outside of `Statement` stays as it is; a single statement becomes an array.
 */
export function replaceStatements(policy: Policy, edit: Edit): string {
  const { text } = policy;
  const node = statementNode(text);
  const list = node.kind === "array" ? listOf(text, node, node.items) : listOf(text, node, [node]);
  const kept = list.items.filter((_, index) => !edit.drop.includes(index));
  const added = edit.append.map((statement) => JSON.stringify(statement));
  if (node.kind !== "array" && added.length === 0 && kept.length === 1) return text;
  const parts = [...kept.map((item) => item.text), ...added];
  const body = parts.map((part, place) => `${place === 0 ? "" : gapAt(list, kept, place)}${part}`);
  const array = `[${list.before}${body.join("")}${list.after}]`;
  return text.slice(0, node.start) + array + text.slice(node.end);
}

/** What S3 counts: a bucket policy may have 20,480 bytes. */
export function sizeInBytes(text: string): number {
  return Buffer.byteLength(text);
}

/** The statements of an array with the white space and commas around them, exactly as written. */
interface StatementList {
  readonly before: string;
  readonly items: readonly Item[];
  readonly after: string;
  /** What stands between two statements, for those that are new. */
  readonly separator: string;
}

interface Item {
  readonly text: string;
  /** From the end of the statement before it: white space and one comma; empty for the first. */
  readonly gap: string;
}

function statementNode(text: string): JsonNode {
  const reading = readJson(text);
  // Stryker disable all: for the compiler
  const root = reading.kind === "read" ? reading.node : undefined;
  const node = root?.kind === "object" ? memberOf(root, "Statement") : undefined;
  // parse() made the Policy, so its text has been read once already
  if (node === undefined) throw new Error("the text of a parsed policy has no Statement");
  // Stryker restore all
  return node;
}

function listOf(text: string, around: Span, nodes: readonly Span[]): StatementList {
  const [first, last] = [nodes[0], nodes.at(-1)];
  const inside = text.slice(around.start + 1, around.end - 1);
  // Stryker disable next-line ConditionalExpression, LogicalOperator: one is there when the other is
  if (first === undefined || last === undefined) {
    return { before: "", items: [], after: inside, separator: "," };
  }
  // Both are empty for a single statement, which begins and ends where the whole does.
  const before = text.slice(around.start + 1, first.start);
  const after = text.slice(last.end, around.end - 1);
  const items = nodes.map((node, index) => {
    const previous = nodes[index - 1];
    const gap = previous === undefined ? "" : text.slice(previous.end, node.start);
    return { text: text.slice(node.start, node.end), gap };
  });
  // Stryker disable next-line OptionalChaining: there is a last one
  return { before, items, after, separator: items.at(-1)?.gap || `,${before}` };
}

function gapAt(list: StatementList, kept: readonly Item[], place: number): string {
  return kept[place]?.gap || list.separator;
}
