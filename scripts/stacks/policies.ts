import type { Resource } from "./resource.ts";

/** A statement of any policy document, with each element as a list. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** `NotAction` and its like: nobody can say what they allow. */
  readonly isInverted: boolean;
  readonly resources: readonly string[];
  /** `*`, `AWS:…`, `Service:…`; empty in a policy of a role. */
  readonly principals: readonly string[];
  /** Condition keys, in small letters, whatever the operator. */
  readonly keys: ReadonlySet<string>;
}

/** A policy document and where it stands. */
export interface Policy {
  readonly resource: string;
  readonly kind: "identity" | "trust" | "resource" | "key";
  readonly statements: readonly Statement[];
}

/** Every policy document among the resources, those inside templates too. */
export function policiesIn(resources: readonly Resource[]): readonly Policy[] {
  const own = resources.filter(({ type }) => type.startsWith("aws:"));
  return own.flatMap(({ type, name, inputs }) => {
    const of = (kind: Policy["kind"], text: unknown) => policyFrom(name, kind, text);
    const kind = type.split(":").at(-1);
    if (kind === "Role") return roleOf(name, inputs);
    if (kind === "Key") return of("key", inputs["policy"]);
    if (kind === "StackSet" || kind === "Stack")
      return policiesOfTemplate(name, inputs["templateBody"]);
    return of("resource", inputs["policy"]);
  });
}

function roleOf(name: string, inputs: Resource["inputs"]): readonly Policy[] {
  const inline = listOf(inputs["inlinePolicies"]).map((it) => membersOf(it)["policy"]);
  return [
    ...policyFrom(name, "trust", inputs["assumeRolePolicy"]),
    ...inline.flatMap((policy) => policyFrom(name, "identity", policy)),
  ];
}

function policiesOfTemplate(name: string, body: unknown): readonly Policy[] {
  const resources = membersOf(membersOf(JSON.parse(String(body)))["Resources"]);
  return Object.entries(resources).flatMap(([logical, resource]) => {
    const properties = membersOf(membersOf(resource)["Properties"]);
    const at = `${name}/${logical}`;
    const inline = listOf(properties["Policies"]).map((it) => membersOf(it)["PolicyDocument"]);
    return [
      ...policyFrom(at, "trust", properties["AssumeRolePolicyDocument"]),
      ...policyFrom(at, "identity", properties["PolicyDocument"]),
      ...inline.flatMap((policy) => policyFrom(at, "identity", policy)),
    ];
  });
}

function policyFrom(resource: string, kind: Policy["kind"], document: unknown): readonly Policy[] {
  if (document === undefined) return [];
  const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
  const statements = listOf(membersOf(parsed)["Statement"]).map(statementFrom);
  return [{ resource, kind, statements }];
}

function statementFrom(value: unknown): Statement {
  const statement = membersOf(value);
  const operators = Object.values(membersOf(statement["Condition"]));
  return {
    sid: String(statement["Sid"] ?? ""),
    effect: String(statement["Effect"]),
    actions: listOf(statement["Action"]).map(textOf),
    isInverted: Object.keys(statement).some((element) => element.startsWith("Not")),
    resources: listOf(statement["Resource"]).map(textOf),
    principals: principalsOf(statement["Principal"]),
    keys: new Set(
      operators.flatMap((it) => Object.keys(membersOf(it)).map((key) => key.toLowerCase())),
    ),
  };
}

function principalsOf(principal: unknown): readonly string[] {
  if (principal === undefined) return [];
  if (typeof principal === "string") return [principal];
  return Object.entries(membersOf(principal)).flatMap(([type, names]) =>
    listOf(names).map((name) => `${type}:${textOf(name)}`),
  );
}

/** Templates build some texts with functions; their JSON shows what they are built of. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
