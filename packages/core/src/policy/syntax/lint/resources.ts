import { arnParts } from "../../match/arn.ts";
import type { LanguageVersion, Statement } from "../document.ts";
import type { Place } from "../nodes.ts";
import { pathOfElement } from "./place.ts";

/** Resources that stand for no bucket at all. */
export function reportResources(
  statement: Statement,
  version: LanguageVersion,
  { path, report }: Place,
): void {
  const place = { path: pathOfElement(path, "Resource", statement), report };
  for (const pattern of statement.resource.patterns) reportResource(pattern, version, place);
}

function reportResource(pattern: string, version: LanguageVersion, place: Place): void {
  if (pattern === "*") return;
  const { path, report } = place;
  // What is in a variable may have colons and slashes of its own.
  // Stryker disable next-line StringLiteral: any text without a colon
  const parts = arnParts(pattern.replace(VARIABLE, ""));
  if (parts === undefined) {
    const message = `${pattern}: a resource is "*" or an ARN`;
    report.warning({ code: "policy.resource-not-arn", path, message });
    return;
  }
  const [, , service, , , resource] = parts;
  if (service !== "s3" && !/[*?]/.test(service)) {
    const message = `${pattern} is not in S3, so no request to the bucket is meant by it`;
    report.warning({ code: "policy.resource-not-s3", path, message });
  }
  if (version === "2008-10-17" && pattern.match(VARIABLE)) {
    const message = `${pattern}: without Version 2012-10-17 a policy variable is plain text`;
    report.warning({ code: "policy.variable-in-old-version", path, message });
  }
  // Stryker disable next-line StringLiteral: split() always gives a first piece
  const bucket = resource.split("/")[0] ?? "";
  if (PLACEHOLDER.test(bucket)) {
    const message = `${pattern}: put the name of the bucket in place of ${bucket}`;
    report.error({ code: "policy.placeholder", path, message });
  }
}

/** `<bucket>`, `{{bucket}}`, `[bucket]`, `%BUCKET%` and the like, which no bucket can be called. */
const PLACEHOLDER = /[<>{}[\]%]/;
const VARIABLE = /\$\{[^}]*\}/g;
