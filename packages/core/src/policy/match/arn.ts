import { ANY, type Glob, matchesGlob } from "./wildcard.ts";

/** The six parts of an ARN; a resource part keeps the colons that it contains. */
export type ArnParts = readonly [string, string, string, string, string, string];

/**
 * Whether a `Resource` pattern covers an S3 ARN. The pattern is compared with the whole ARN, so that
 * `*` also spans `/` and `:`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 */
export function matchesResource(pattern: Glob, arn: string): boolean {
  return matchesGlob(pattern, arn);
}

/**
 * The comparison of `ArnEquals` and `ArnLike`, which are the same: each of the six parts apart, with
 * wildcards. `undefined` when the pattern or the value is no ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pattern: Glob, arn: string): boolean | undefined {
  const parts = arnParts(arn);
  const globs = globParts(pattern);
  if (parts === undefined || globs === undefined) return undefined;
  // Stryker disable next-line StringLiteral: there are six parts on either side
  return globs.every((glob, place) => matchesGlob(glob, parts[place] ?? ""));
}

/** Splits `arn:partition:service:region:account:resource`; `undefined` when it is no ARN. */
export function arnParts(arn: string): ArnParts | undefined {
  // Stryker disable next-line StringLiteral: before a resource stand five parts
  const [prefix, partition = "", service = "", region = "", account = "", ...resource] =
    arn.split(":");
  if (prefix !== "arn" || resource.length === 0) return undefined;
  return [prefix, partition, service, region, account, resource.join(":")];
}

/** Whether the pattern is a lone `*`: whether that is an ARN to AWS is written nowhere. */
export function isLoneWildcard(pattern: Glob): boolean {
  return pattern.length === 1 && pattern[0] === ANY;
}

const COLON = ":".charCodeAt(0);
const PARTS = 6;

function globParts(pattern: Glob): readonly Glob[] | undefined {
  let part: number[] = [];
  const parts = [part];
  for (const token of pattern) {
    if (token === COLON && parts.length < PARTS) {
      part = [];
      parts.push(part);
    } else {
      part.push(token);
    }
  }
  return parts.length === PARTS ? parts : undefined;
}
