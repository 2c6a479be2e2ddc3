import type { Condition } from "./document.ts";
import type { JsonNode, Member } from "./json-reader.ts";
import { type Place, pathTo } from "./nodes.ts";

/** The conditions of a statement in the order of the text; `undefined` when one cannot be read. */
export function readConditions(
  node: JsonNode | undefined,
  place: Place,
): readonly Condition[] | undefined {
  if (node === undefined) return [];
  const blocks = membersOf(node, place, "Condition must be an object of operators");
  const conditions = blocks?.map(({ key: operator, value }) => {
    const here = { ...place, path: pathTo(place.path, operator) };
    const keys = membersOf(value, here, "an operator must hold an object of condition keys");
    return keys && allOf(keys.map((member) => readCondition(operator, member, here)));
  });
  return conditions && allOf(conditions)?.flat();
}

function readCondition(operator: string, member: Member, block: Place): Condition | undefined {
  const place = { ...block, path: pathTo(block.path, member.key) };
  const nodes = member.value.kind === "array" ? member.value.items : [member.value];
  if (nodes.length === 0) {
    const message = "the list is empty";
    place.report.warning({ code: "policy.empty-list", path: place.path, message });
  }
  const values = allOf(nodes.map(textOfValue));
  if (values === undefined) {
    const message = "a condition value must be a string, a number, a boolean or a list of these";
    place.report.error({ code: "policy.wrong-type", path: place.path, message });
    return undefined;
  }
  return { operator, key: member.key, values };
}

/** Quotes are optional around numbers and booleans, which are kept as they were written. */
function textOfValue(node: JsonNode): string | undefined {
  if (node.kind === "string") return node.value;
  return node.kind === "number" || node.kind === "boolean" ? node.text : undefined;
}

function membersOf(node: JsonNode, place: Place, message: string): readonly Member[] | undefined {
  if (node.kind === "object") return node.members;
  place.report.error({ code: "policy.wrong-type", path: place.path, message });
  return undefined;
}

function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}
