import { readConditions } from "./condition.ts";
import type { PatternElement, Statement } from "./document.ts";
import type { JsonNode, ObjectNode } from "./json-reader.ts";
import { checkElements, memberOf, type Place, pathTo, readStrings, stringOf } from "./nodes.ts";
import { readPrincipal } from "./principal.ts";

const ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** Reads one statement; `undefined` when a part without which it means nothing is missing or wrong. */
export function readStatement(
  source: Place & { readonly node: JsonNode; readonly index: number },
): Statement | undefined {
  const { node, index, path, report } = source;
  if (node.kind !== "object") {
    report.error({ code: "policy.wrong-type", path, message: "a statement must be an object" });
    return undefined;
  }
  checkElements({ node, path, known: ELEMENTS, report });
  const sid = readSid(node, source);
  const effect = readEffect(node, source);
  const principal = readOneOf(node, "Principal", source);
  const entries = principal && readPrincipal(principal.node, principal);
  const action = readPatterns(node, "Action", source);
  const resource = readPatterns(node, "Resource", source);
  const conditions = readConditions(memberOf(node, "Condition"), {
    path: pathTo(path, "Condition"),
    report,
  });
  if (!(effect && principal && entries && action && resource && conditions)) return undefined;
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    principal: { negated: principal.negated, entries },
    action,
    resource,
    conditions,
    span: { start: node.start, end: node.end },
  };
}

function readSid(node: ObjectNode, { path, report }: Place): string | undefined {
  const value = memberOf(node, "Sid");
  const sid = stringOf(value);
  if (value !== undefined && sid === undefined) {
    const message = "Sid must be a string";
    report.error({ code: "policy.wrong-type", path: pathTo(path, "Sid"), message });
  }
  return sid;
}

function readEffect(node: ObjectNode, { path, report }: Place): Statement["effect"] | undefined {
  const value = memberOf(node, "Effect");
  const effect = stringOf(value);
  if (effect === "Allow" || effect === "Deny") return effect;
  if (value === undefined) {
    const message = "a statement needs the element Effect";
    report.error({ code: "policy.missing-element", path: pathTo(path, "Effect"), message });
    return undefined;
  }
  report.error({
    code: "policy.effect",
    path: pathTo(path, "Effect"),
    message: "Effect must be exactly Allow or Deny",
    didYouMean: ["Allow", "Deny"].find((word) => word.toLowerCase() === effect?.toLowerCase()),
  });
  return undefined;
}

/** `Principal` or `NotPrincipal` and so on: exactly one of the two must be there. */
function readOneOf(
  node: ObjectNode,
  element: string,
  { path, report }: Place,
): (Place & { readonly node: JsonNode; readonly negated: boolean }) | undefined {
  const negatedName = `Not${element}`;
  const [positive, negative] = [memberOf(node, element), memberOf(node, negatedName)];
  if (positive !== undefined && negative !== undefined) {
    const message = `a statement cannot have both ${element} and ${negatedName}`;
    report.error({ code: "policy.conflicting-elements", path: pathTo(path, negatedName), message });
    return undefined;
  }
  if (positive !== undefined) {
    return { node: positive, negated: false, path: pathTo(path, element), report };
  }
  if (negative !== undefined) {
    return { node: negative, negated: true, path: pathTo(path, negatedName), report };
  }
  const message = `a statement of a bucket policy needs ${element} or ${negatedName}`;
  report.error({ code: "policy.missing-element", path: pathTo(path, element), message });
  return undefined;
}

function readPatterns(node: ObjectNode, element: string, place: Place): PatternElement | undefined {
  const found = readOneOf(node, element, place);
  const patterns = found && readStrings(found.node, found);
  return found && patterns && { negated: found.negated, patterns };
}
