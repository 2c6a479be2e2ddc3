import { s3Error } from "./errors.ts";

/** 20 KB, of which white space between the tokens takes none. */
const maximumBytes = 20_480;

/**
 * Throws MalformedPolicy for what S3 refuses to store. The texts of the messages are S3's where they
 * are known; which of several mistakes is named first is not.
 */
export function refuseMalformedPolicy(text: string, isOwn: (resource: string) => boolean): void {
  if (!text.startsWith("{")) {
    refuse("Policies must be valid JSON and the first byte must be '{'");
  }
  const document = parseJson(text);
  if (Buffer.byteLength(JSON.stringify(document)) > maximumBytes) {
    refuse("Policies must be at most 20480 bytes in length");
  }
  refuseUnknown(document, ["Version", "Id", "Statement"]);
  const version = document["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    refuse("The policy must contain a valid version string");
  }
  for (const statement of statementsOf(document)) refuseBadStatement(statement, isOwn);
}

/** Whether a resource can mean the bucket or something in it. */
export function inBucket(bucketName: string): (resource: string) => boolean {
  return (resource) => {
    const path = /^arn:[a-z*-]+:s3:::(.+)$/.exec(resource)?.[1];
    return path !== undefined && canMean(path.split("/")[0] ?? "", bucketName);
  };
}

type Members = Readonly<Record<string, unknown>>;

function parseJson(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    if (isMembers(value)) return value;
  } catch {
    // Fall through: not JSON is refused like JSON of another shape.
  }
  return refuse("This policy contains invalid Json");
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuseUnknown(members: Members, known: readonly string[]): void {
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined) refuse(`Unknown field ${unknown}`);
}

function statementsOf(document: Members): readonly Members[] {
  const value = document["Statement"];
  if (value === undefined) refuse("Missing required field Statement");
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) refuse("Could not parse the policy: Statement is empty!");
  const statements = list.filter(isMembers);
  if (statements.length !== list.length) refuse("Expected a JSON object in Statement");
  return statements;
}

const statementFields = [
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

function refuseBadStatement(statement: Members, isOwn: (resource: string) => boolean): void {
  refuseUnknown(statement, statementFields);
  const effect = statement["Effect"];
  if (effect === undefined) refuse("Missing required field Effect");
  if (effect !== "Allow" && effect !== "Deny") refuse(`Invalid effect: ${String(effect)}`);
  const principal = exactlyOne(statement, "Principal", "NotPrincipal");
  const actions = textsIn(exactlyOne(statement, "Action", "NotAction"), "Action");
  const resources = textsIn(exactlyOne(statement, "Resource", "NotResource"), "Resource");
  refuseBadPrincipal(principal);
  refuseBadActions(actions);
  if (resources.some((resource) => resource !== "*" && !isOwn(resource))) {
    refuse("Policy has invalid resource");
  }
  if (statement["Action"] !== undefined && statement["Resource"] !== undefined) {
    refuseActionsWithoutResource(actions, resources);
  }
  refuseBadCondition(statement["Condition"]);
}

function exactlyOne(statement: Members, name: string, opposite: string): unknown {
  const value = statement[name];
  const other = statement[opposite];
  if (value !== undefined && other !== undefined) {
    refuse(`Statement cannot contain both ${name} and ${opposite}`);
  }
  if (value === undefined && other === undefined) refuse(`Missing required field ${name}`);
  return value ?? other;
}

function textsIn(value: unknown, element: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((item) => typeof item === "string");
  if (texts.length !== list.length || texts.length === 0) {
    refuse(`Policy has invalid ${element.toLowerCase()}`);
  }
  return texts;
}

const principalKinds = ["AWS", "Service", "Federated", "CanonicalUser"];

function refuseBadPrincipal(principal: unknown): void {
  if (principal === "*") return;
  if (!isMembers(principal) || Object.keys(principal).length === 0) {
    refuse("Invalid policy syntax.");
  }
  for (const [kind, value] of Object.entries(principal)) {
    if (!principalKinds.includes(kind)) refuse("Invalid principal in policy");
    for (const id of textsIn(value, "Principal")) {
      if (!isPossiblePrincipal(kind, id)) refuse("Invalid principal in policy");
    }
  }
}

const awsPrincipal =
  /^(\*|\d{12}|arn:aws(-cn|-us-gov|-eusc)?:(iam|sts)::\d{12}:(root|(user|role|federated-user|assumed-role)\/[^*?]+))$/;

/**
 * A principal that was deleted shows as its unique id (`AIDA…`, `AROA…`); S3 shows such a policy but
 * does not take it back. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function isPossiblePrincipal(kind: string, id: string): boolean {
  switch (kind) {
    case "AWS":
      return awsPrincipal.test(id);
    case "Service":
      return /^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.test(id);
    case "CanonicalUser":
      return /^[0-9a-f]{64}$/.test(id);
    default:
      return id !== "";
  }
}

function refuseBadActions(actions: readonly string[]): void {
  for (const action of actions) {
    if (action === "*") continue;
    if (!/^s3(-object-lambda|express)?:[A-Za-z*?]+$/i.test(action))
      refuse("Policy has invalid action");
  }
}

/** Whether a bucket pattern with `*` and `?` matches this bucket; `${…}` may become anything. */
function canMean(pattern: string, bucketName: string): boolean {
  const source = pattern
    .replace(/\$\{[^}]*\}/g, "*")
    .replace(/[.+^$(){}|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  if (new RegExp(`^${source}$`).test(bucketName)) return true;
  // A star also spans the slash: `b*` means the bucket and, with anything behind it, its objects.
  return pattern.includes("*") && new RegExp(`^${source}`).test(`${bucketName}/`);
}

/** Actions on objects need a resource with a slash, as far as the action's name tells. */
function refuseActionsWithoutResource(
  actions: readonly string[],
  resources: readonly string[],
): void {
  const reachesObjects = resources.some((resource) =>
    /[/*?$]/.test(resource.split(":::")[1] ?? "*"),
  );
  if (reachesObjects) return;
  const stuck = actions.some((action) => /^s3:(get|put|delete|restore)object/i.test(action));
  if (stuck && actions.every((action) => !/[*?]/.test(action))) {
    refuse("Action does not apply to any resource(s) in statement");
  }
}

const operatorName =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|Like|EqualsIgnoreCase)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/i;

function refuseBadCondition(condition: unknown): void {
  if (condition === undefined) return;
  if (!isMembers(condition)) refuse("Invalid Condition");
  for (const [operator, keys] of Object.entries(condition)) {
    if (!operatorName.test(operator)) refuse(`Invalid Condition type : ${operator}`);
    if (!isMembers(keys)) refuse("Invalid Condition");
    for (const key of Object.keys(keys)) {
      if (!/^[A-Za-z0-9-]+:.+$/.test(key)) refuse("Policy has an invalid condition key");
    }
  }
}

function refuse(message: string): never {
  throw s3Error("MalformedPolicy", message);
}
