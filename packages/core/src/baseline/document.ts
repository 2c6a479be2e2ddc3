import * as z from "zod";
import { tryParse } from "../kernel/try-parse.ts";
import { accountId } from "./account-id.ts";
import type { Overrides } from "./baseline.ts";
import { controlIds, layered } from "./layers.ts";
import { type Limits, limitsSchema } from "./limits.ts";
import { type Notifications, notificationsSchema } from "./notifications.ts";
import { organizationalUnit } from "./organizational-unit.ts";
import { controlsSchema, problemsOfControls } from "./parse.ts";
import { errorOf, type Problem, problemOf } from "./problem.ts";
import type { Scope } from "./scope.ts";
import { readWaivers, type Waivers } from "./waiver.ts";

/**
 * The whole baseline: what holds for every bucket, what differs for some, what is waived, and how far
 * the Warden may go. `settingsFor` makes of it what one bucket shall look like.
 */
export interface Baseline {
  /** As written: what is left out here is a default, and templates are unfilled. */
  readonly everywhere: Overrides;
  /** In order: of the scopes that match a bucket, the first that gives a setting decides it. */
  readonly scopes: readonly Scope[];
  readonly waivers: Waivers;
  readonly limits: Limits;
  readonly notifications: Notifications;
}

const list = <T extends z.ZodType>(entry: T) => z.array(entry).min(1);
const pattern = z.string().min(1);

const matchSchema = z
  .strictObject({
    organizationalUnits: list(organizationalUnit).optional(),
    accounts: list(accountId).optional(),
    regions: list(
      z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, { error: "is not an AWS Region" }),
    ).optional(),
    tags: z
      .record(z.string().min(1), z.string("write tag values in quotes"))
      .refine((tags) => Object.keys(tags).length > 0, { error: "names no tag" })
      .optional(),
    buckets: list(pattern).optional(),
  })
  .refine((match) => Object.values(match).some((criterion) => criterion !== undefined), {
    error: "matches every bucket; settings for every bucket stand at the top",
  });

/** The settings of every control, each as it may be written, and none of them needed. */
const overridesShape = Object.fromEntries(
  Object.entries(controlsSchema.shape).map(([id, control]) => [id, withoutDefaults(control)]),
);

function withoutDefaults({ def }: z.ZodPrefault<z.ZodObject>) {
  const settings = Object.entries(def.innerType.shape).map(([name, setting]) => {
    const bare = setting instanceof z.ZodDefault ? setting.unwrap() : setting;
    return [name, z.optional(bare)];
  });
  return z.strictObject(Object.fromEntries(settings)).optional();
}

export const documentSchema = z.strictObject({
  /** Where an editor finds the JSON Schema. */
  $schema: z.string().optional(),
  ...overridesShape,
  scopes: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1),
        match: matchSchema,
        settings: z.strictObject(overridesShape),
      }),
    )
    .default([]),
  waivers: z.array(z.unknown()).default([]),
  limits: limitsSchema.prefault({}),
  notifications: notificationsSchema.prefault({}),
});

type Written = z.infer<typeof documentSchema>;

/**
 * Checks a baseline that came from outside. What is left out gets the default, and the default is
 * safe on day one: every control alerts or is off, none writes. Throws InputError naming the first
 * bad place. A waiver that cannot be used is kept as such: where it may be meant, nothing is written.
 */
export function parseBaseline(input: unknown, place: string): Baseline {
  const read = readDocument(input);
  if (read.baseline === undefined || read.problems[0] !== undefined) {
    throw errorOf(read.problems[0] ?? notABaseline, place);
  }
  return read.baseline;
}

/** Everything that is wrong with a baseline, waivers included. Empty when it can be used as it is. */
export function baselineProblems(input: unknown): readonly Problem[] {
  const { baseline, problems } = readDocument(input);
  const waivers = baseline?.waivers.invalid ?? [];
  return [...problems, ...waivers.flatMap(({ index, problems: all }) => all.map(at(index)))];
}

const notABaseline: Problem = {
  path: [],
  problem: "is not a baseline",
  remedy: "See docs/baseline.md.",
};

function at(index: number): (problem: Pick<Problem, "path" | "problem">) => Problem {
  return ({ path, problem }) => ({
    path: ["waivers", index, ...path],
    problem,
    remedy: "Correct it; until then nothing is written where this waiver may be meant.",
  });
}

function readDocument(input: unknown): {
  readonly baseline?: Baseline;
  readonly problems: readonly Problem[];
} {
  const parsed = tryParse(documentSchema, input);
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => problemOf(issue, namesAt)) };
  }
  const baseline = baselineOf(parsed.data);
  const { scopes, notifications } = baseline;
  const names = [
    ...problemsOfNames("scope", ["scopes"], scopes),
    ...problemsOfNames("route", ["notifications", "routes"], notifications.routes),
  ];
  return { baseline, problems: [...names, ...problemsOfLayers(baseline)] };
}

function baselineOf(written: Written): Baseline {
  const { $schema, scopes, waivers, limits, notifications, ...everywhere } = written;
  return {
    everywhere,
    scopes,
    waivers: readWaivers(waivers, { ids: controlIds, longestDays: limits.waiverDays }),
    limits,
    notifications,
  };
}

/** The names that may stand at a place, for a suggestion. */
function namesAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = documentSchema;
  for (const key of path) schema = memberOf(schema, key);
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function memberOf(schema: unknown, key: PropertyKey): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return inner.element;
  return inner instanceof z.ZodObject ? Reflect.get(inner.shape, key) : undefined;
}

function unwrapped(schema: unknown): unknown {
  const wraps = [z.ZodOptional, z.ZodDefault, z.ZodPrefault];
  return wraps.some((kind) => schema instanceof kind)
    ? unwrapped((schema as z.ZodOptional).unwrap()) // all three of them have it
    : schema;
}

function problemsOfNames(
  noun: string,
  path: readonly string[],
  named: readonly { readonly name: string }[],
): readonly Problem[] {
  return named.flatMap(({ name }, index): readonly Problem[] => {
    const first = named.findIndex((it) => it.name === name);
    if (first === index) return [];
    const problem = `${JSON.stringify(name)} is already the name of ${path.join(".")}.${first}`;
    const remedy = `Give each ${noun} its own name.`;
    return [{ path: [...path, index, "name"], problem, remedy }];
  });
}

/** Each scope alone and each two together: what they make of the settings must fit as well. */
function problemsOfLayers({ everywhere, scopes }: Baseline): readonly Problem[] {
  const top = problemsOfControls(layered(everywhere, []));
  if (top.length > 0) return top;
  const told = new Set<number>();
  const alone = scopes.flatMap((scope, index) => {
    const problems = problemsOfControls(layered(everywhere, [scope]));
    if (problems.length > 0) told.add(index);
    return problems.map((it) => inScope(it, index, ""));
  });
  const pairs = scopes.flatMap((scope, index) =>
    scopes.slice(index + 1).flatMap((other, distance) => {
      if (told.has(index) || told.has(index + 1 + distance)) return [];
      const problems = problemsOfControls(layered(everywhere, [scope, other]));
      return problems.map((it) =>
        inScope(it, index, ` where the scope "${other.name}" matches too`),
      );
    }),
  );
  return [...alone, ...pairs];
}

function inScope({ path, problem, remedy }: Problem, index: number, when: string): Problem {
  return { path: ["scopes", index, "settings", ...path], problem: `${problem}${when}`, remedy };
}
