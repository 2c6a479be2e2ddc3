/** Condition keys that, given fixed values, make an Allow for everybody not public. */
const narrowing = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

const positive = /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

/**
 * S3's meaning of public, roughly: an Allow for everybody that no condition with fixed values narrows.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(text: string): boolean {
  const document: unknown = JSON.parse(text);
  const statements = membersOf(document)["Statement"];
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return list.map(membersOf).some((statement) => {
    if (statement["Effect"] !== "Allow") return false;
    if (statement["NotPrincipal"] !== undefined) return true;
    return isEverybody(statement["Principal"]) && !isNarrowed(statement["Condition"]);
  });
}

function isEverybody(principal: unknown): boolean {
  if (principal === "*") return true;
  return textsIn(membersOf(principal)["AWS"]).includes("*");
}

function isNarrowed(condition: unknown): boolean {
  return Object.entries(membersOf(condition)).some(
    ([operator, keys]) =>
      positive.test(operator) &&
      Object.entries(membersOf(keys)).some(
        ([key, values]) =>
          narrowing.has(key.toLowerCase()) && textsIn(values).every((value) => isFixed(key, value)),
      ),
  );
}

/** Neither wildcards nor variables; an address range no wider than /8 (IPv4) or /32 (IPv6). */
function isFixed(key: string, value: string): boolean {
  if (key.toLowerCase() === "aws:sourceip") {
    const [address = "", bits] = value.split("/");
    return bits === undefined || Number(bits) >= (address.includes(":") ? 32 : 8);
  }
  return value !== "" && !/[*?]|\$\{/.test(value);
}

function textsIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string");
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : {};
}
