import { AwsError } from "./aws-error.ts";

/** The parameters of a call in one of the JSON or query protocols. */
export type Input = Readonly<Record<string, unknown>>;

/** The text under `name`. Throws a validation error when it is missing or something else. */
export function textIn(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === "string") return value;
  throw new AwsError({
    code: "ValidationException",
    status: 400,
    message: `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must be a string`,
  });
}

/** The text under `name`, or undefined. */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** The number under `name`, also when it comes as text. */
export function optionalNumber(input: Input, name: string): number | undefined {
  const value = input[name];
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The object under `name`; empty when there is none. */
export function membersIn(input: Input, name: string): Input {
  return asMembers(input[name]);
}

/** The objects in the list under `name`. */
export function listIn(input: Input, name: string): readonly Input[] {
  const value = input[name];
  return Array.isArray(value) ? value.map(asMembers) : [];
}

function asMembers(value: unknown): Input {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : {};
}
