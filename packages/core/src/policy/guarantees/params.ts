import { InputError } from "../../kernel/index.ts";

/** The parameters of a guarantee as they come in; `Params` hands out checked values. */
export type RawParams = Readonly<Record<string, unknown>>;

export interface Params {
  readonly has: (name: string) => boolean;
  readonly choice: <const T extends string>(
    name: string,
    choices: readonly [T, ...T[]],
    fallback?: T,
  ) => T;
  readonly text: (name: string, pattern: RegExp, form: string) => string;
  readonly integer: (name: string, least: number, most: number) => number;
}

/** Throws InputError for a parameter that the guarantee does not know, and on reading a bad one. */
export function paramsOf(guarantee: string, raw: RawParams, known: readonly string[]): Params {
  for (const name of Object.keys(raw)) {
    if (known.includes(name) || raw[name] === undefined) continue;
    const remedy = `It takes ${known.join(", ")}`;
    fail(guarantee, name, "is not a parameter of this guarantee", remedy);
  }
  return {
    has: (name) => raw[name] !== undefined,
    choice(name, choices, fallback) {
      const value = raw[name] ?? fallback;
      const found = choices.find((choice) => choice === value);
      if (found !== undefined) return found;
      return fail(guarantee, name, `is ${shown(value)}`, `Give one of ${choices.join(", ")}`);
    },
    text(name, pattern, form) {
      const value = raw[name];
      if (typeof value === "string" && pattern.test(value)) return value;
      return fail(guarantee, name, `is ${shown(value)}`, `Give ${form}`);
    },
    integer(name, least, most) {
      const value = raw[name];
      // Stryker disable next-line ConditionalExpression: for the compiler; isInteger asks as well
      const inRange = typeof value === "number" && value >= least && value <= most;
      if (inRange && Number.isInteger(value)) return value;
      return fail(
        guarantee,
        name,
        `is ${shown(value)}`,
        `Give a whole number, ${least} to ${most}`,
      );
    },
  };
}

function fail(guarantee: string, name: string, problem: string, remedy: string): never {
  throw new InputError({ place: `guarantee ${guarantee}, parameter ${name}`, problem, remedy });
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
