import type { MemberTemplate } from "@bucket-warden/core/member";

/** Where a stack is made, and with which values. */
export interface StackPlace {
  readonly account: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Made {
  readonly type: string;
  readonly properties: Record<string, unknown>;
}

/** What CloudFormation would make of the template, by logical name: conditions and functions resolved. */
export function stackOf(template: MemberTemplate, place: StackPlace): ReadonlyMap<string, Made> {
  const resolve = resolver(template, place);
  const made = Object.entries(template.Resources).flatMap(([name, resource]) => {
    const { Type, Condition, Properties } = membersOf(resource);
    if (Condition !== undefined && !resolve.holds(String(Condition))) return [];
    const properties = membersOf(resolve.value(Properties));
    return [[name, { type: String(Type), properties }] as const];
  });
  return new Map(made);
}

const nothing = Symbol("AWS::NoValue");

function resolver(template: MemberTemplate, { account, region, parameters }: StackPlace) {
  const known = new Map<string, unknown>([
    ["AWS::Partition", "aws"],
    ["AWS::AccountId", account],
    ["AWS::Region", region],
    ["AWS::NoValue", nothing],
    ...Object.entries(parameters),
  ]);
  const named = (name: string): unknown => {
    // A resource that is referred to stands for its name here, and there is one of each.
    if (!known.has(name) && Object.hasOwn(template.Resources, name)) return name;
    if (!known.has(name)) throw new Error(`the template refers to ${name}, which nobody gives`);
    return known.get(name);
  };
  const holds = (name: string): boolean => value(template.Conditions[name]) === true;
  const value = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(value).filter((it) => it !== nothing);
    if (typeof given !== "object" || given === null) return given;
    const [[name, argument] = ["", undefined], ...more] = Object.entries(given);
    if (more.length === 0 && (name === "Ref" || name.startsWith("Fn::"))) {
      return call(name, argument);
    }
    const members = Object.entries(given).map(([key, it]) => [key, value(it)] as const);
    return Object.fromEntries(members.filter(([, it]) => it !== nothing));
  };
  const call = (name: string, argument: unknown): unknown => {
    const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case "Ref":
        return named(String(argument));
      case "Fn::Sub":
        return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, it) => String(named(it)));
      case "Fn::GetAtt":
        return list.join(".");
      case "Fn::Equals":
        return value(list[0]) === value(list[1]);
      case "Fn::Not":
        return value(list[0]) !== true;
      case "Fn::If":
        return value(holds(String(list[0])) ? list[1] : list[2]);
      default:
        throw new Error(`nobody here knows ${name}`);
    }
  };
  return { value, holds };
}

export function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
