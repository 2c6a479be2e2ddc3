import { remembered } from "../../kernel/remembered.ts";
import type { Diagnostic, LanguageVersion, Policy, Statement } from "./document.ts";
import { type JsonNode, type ObjectNode, readJson } from "./json-reader.ts";
import { lint } from "./lint/index.ts";
import { checkElements, memberOf, reportRepeatedKeys, stringOf } from "./nodes.ts";
import { newReport, type Report } from "./report.ts";
import { readStatement } from "./statement.ts";

/** `invalid` is a document that AWS would not accept; it is never repaired. */
export type ParseResult =
  | {
      readonly kind: "parsed";
      readonly policy: Policy;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: "invalid"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads a bucket policy in every spelling that AWS accepts, and reports what its author should know.
 * Many controls look at the same policy, one after the other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const parse: (text: string) => ParseResult = remembered(32, parseAnew);

function parseAnew(text: string): ParseResult {
  const report = newReport();
  const policy = readDocument(text, report);
  if (policy !== undefined) lint(policy, report);
  const diagnostics = report.diagnostics();
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  // Stryker disable next-line ConditionalExpression: for the compiler; without a policy something failed
  if (policy === undefined || failed) return { kind: "invalid", diagnostics };
  return { kind: "parsed", policy, diagnostics };
}

const ELEMENTS = ["Version", "Id", "Statement"];

function readDocument(text: string, report: Report): Policy | undefined {
  const root = readRoot(text, report);
  if (root === undefined) return undefined;
  reportRepeatedKeys(root, "", report);
  checkElements({ node: root, path: "", known: ELEMENTS, report });
  const statement = memberOf(root, "Statement");
  if (statement === undefined) {
    const message = "a policy needs the element Statement";
    report.error({ code: "policy.missing-element", path: "Statement", message });
    return undefined;
  }
  const id = readId(root, report);
  return {
    text,
    version: readVersion(root, report),
    versionGiven: memberOf(root, "Version") !== undefined,
    ...(id === undefined ? {} : { id }),
    statements: readStatements(statement, report),
    statementsAsArray: statement.kind === "array",
  };
}

function readRoot(text: string, report: Report): ObjectNode | undefined {
  if (!text.startsWith("{")) {
    // S3 answers "Policies must be valid JSON and the first byte must be '{'": no BOM, no white space.
    const message = 'the first character of a policy must be "{"';
    report.error({ code: "policy.first-byte", path: "", message });
    return undefined;
  }
  const reading = readJson(text);
  if (reading.kind === "fault") {
    const code = reading.fault === "syntax" ? "policy.not-json" : "policy.too-deep";
    const message = `${reading.message} (${placeOf(text, reading.at)})`;
    report.error({ code, path: "", message });
    return undefined;
  }
  // Stryker disable next-line ConditionalExpression: for the compiler; it begins with a brace
  return reading.node.kind === "object" ? reading.node : undefined;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  // Stryker disable next-line StringLiteral: split() always gives a last piece
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

function readVersion(root: ObjectNode, report: Report): LanguageVersion {
  const node = memberOf(root, "Version");
  if (node === undefined) return "2008-10-17";
  const version = stringOf(node);
  if (version === "2008-10-17" || version === "2012-10-17") return version;
  const message = "the policy language has the versions 2012-10-17 and 2008-10-17 only";
  report.error({ code: "policy.version", path: "Version", message, didYouMean: "2012-10-17" });
  // Stryker disable next-line StringLiteral: the policy is invalid
  return "2008-10-17";
}

function readId(root: ObjectNode, report: Report): string | undefined {
  const node = memberOf(root, "Id");
  if (node === undefined) return undefined;
  const id = stringOf(node);
  if (id === undefined) {
    report.error({ code: "policy.wrong-type", path: "Id", message: "Id must be a string" });
  }
  return id;
}

function readStatements(node: JsonNode, report: Report): readonly Statement[] {
  if (node.kind !== "array") {
    const statement = readStatement({ node, index: 0, path: "Statement", report });
    return statement === undefined ? [] : [statement];
  }
  if (node.items.length === 0) {
    const message = "there is no statement, so the policy says nothing";
    report.warning({ code: "policy.empty-list", path: "Statement", message });
  }
  return node.items.flatMap((item, index) => {
    const path = `Statement[${index}]`;
    return readStatement({ node: item, index, path, report }) ?? [];
  });
}
