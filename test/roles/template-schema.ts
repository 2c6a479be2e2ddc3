import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { MemberTemplate } from "@bucket-warden/core/member";
import { membersOf } from "./cloudformation.ts";

const spec = loadAwsServiceSpecSync();

type Resource = ReturnType<typeof resourceOf>;
type Type = Resource["properties"][string]["type"];

/** Everything in a template that the resource types of AWS do not know, with its place. */
export function problemsIn(template: MemberTemplate): readonly string[] {
  return [
    ...Object.entries(template.Resources).flatMap(([name, resource]) =>
      problemsOfResource(name, membersOf(resource), template),
    ),
    ...problemsOfReferences(template),
  ];
}

function problemsOfResource(
  name: string,
  resource: Record<string, unknown>,
  { Conditions }: MemberTemplate,
): readonly string[] {
  const { Type, Condition, Properties, ...others } = resource;
  const { properties } = resourceOf(String(Type));
  return [
    ...(/^[A-Za-z0-9]{1,255}$/.test(name) ? [] : [`${name}: it takes letters and digits`]),
    ...Object.keys(others).map((member) => `${name}.${member}: nobody knows it`),
    ...(Condition === undefined || Object.hasOwn(Conditions, String(Condition))
      ? []
      : [`${name}.Condition: there is no ${Condition}`]),
    ...problemsOfMembers(name, membersOf(Properties), properties),
  ];
}

function resourceOf(type: string) {
  const [resource] = spec.lookup("resource", "cloudFormationType", "equals", type);
  if (resource === undefined) throw new Error(`AWS has no ${type}`);
  return resource;
}

function problemsOfMembers(
  place: string,
  given: Record<string, unknown>,
  known: Resource["properties"],
): readonly string[] {
  const missing = Object.entries(known).filter(
    ([name, { required }]) => required === true && given[name] === undefined,
  );
  return [
    ...missing.map(([name]) => `${place}.${name}: it is missing`),
    ...Object.entries(given).flatMap(([name, value]) => {
      const type = known[name]?.type;
      if (type === undefined) return [`${place}.${name}: nobody knows it`];
      return problemsOfValue(`${place}.${name}`, value, type);
    }),
  ];
}

function problemsOfValue(place: string, value: unknown, type: Type): readonly string[] {
  const [[name, argument] = ["", undefined]] = Object.entries(membersOf(value));
  if (name === "Fn::If" && Array.isArray(argument)) {
    return argument.slice(1).flatMap((branch) => problemsOfValue(place, branch, type));
  }
  // What comes of these is text, and nobody knows yet which.
  const isText = ["Ref", "Fn::Sub", "Fn::GetAtt"].includes(name);
  return problemsOfPlain(place, isText ? anyText : value, type);
}

const anyText = Symbol("text");

function problemsOfPlain(place: string, value: unknown, type: Type): readonly string[] {
  switch (type.type) {
    case "string":
      return problemsOfText(place, value, type.allowedValues ?? []);
    case "integer":
      return Number.isInteger(value) ? [] : [`${place}: it is no integer`];
    case "array":
      if (!Array.isArray(value)) return [`${place}: it is no list`];
      return value.flatMap((it, at) => problemsOfValue(`${place}.${at}`, it, type.element));
    case "ref": {
      const { properties } = spec.get("typeDefinition", type.reference);
      return problemsOfMembers(place, membersOf(value), properties);
    }
    case "json":
      return typeof value === "object" ? [] : [`${place}: it is no object`];
    case "union": {
      const all = type.types.map((one) => problemsOfValue(place, value, one));
      return all.find((problems) => problems.length === 0) ?? all[0] ?? [];
    }
    default:
      return [`${place}: nobody here knows values of the type ${type.type}`];
  }
}

function problemsOfText(
  place: string,
  value: unknown,
  allowed: readonly unknown[],
): readonly string[] {
  if (value === anyText) return [];
  if (typeof value !== "string") return [`${place}: it is no text`];
  if (allowed.length === 0 || allowed.includes(value)) return [];
  return [`${place}: ${value} is none of ${allowed.join(", ")}`];
}

/** What is referred to has to be there, also where a condition leaves it out. */
function problemsOfReferences(template: MemberTemplate): readonly string[] {
  const parts = { ...template.Resources, ...template.Outputs };
  return Object.entries(parts).flatMap(([place, value]) =>
    referencesIn(value).flatMap((reference) => {
      const problem = problemOf(reference, membersOf(value)["Condition"], template);
      return problem === undefined ? [] : [`${place}: ${problem}`];
    }),
  );
}

function problemOf(
  { to, attribute }: Reference,
  condition: unknown,
  { Parameters, Resources }: MemberTemplate,
): string | undefined {
  if (to.startsWith("AWS::") || Object.hasOwn(Parameters, to)) return undefined;
  if (!Object.hasOwn(Resources, to)) return `there is no ${to}`;
  const { Type, Condition: needed } = membersOf(Resources[to]);
  if (needed !== undefined && condition !== needed) return `${to} is there only where ${needed}`;
  const { attributes } = resourceOf(String(Type));
  const isKnown = attribute === undefined || Object.hasOwn(attributes, attribute);
  return isKnown ? undefined : `${to} has no ${attribute}`;
}

interface Reference {
  readonly to: string;
  readonly attribute?: string;
}

function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries(membersOf(value)).flatMap(([name, argument]): readonly Reference[] => {
    if (name === "Ref") return [{ to: String(argument) }];
    if (name === "Fn::GetAtt" && Array.isArray(argument)) {
      return [{ to: String(argument[0]), attribute: String(argument[1]) }];
    }
    if (name !== "Fn::Sub") return referencesIn(argument);
    return [...String(argument).matchAll(/\$\{([^}]+)\}/g)].map(([, to = ""]) => ({ to }));
  });
}
