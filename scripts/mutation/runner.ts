import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { neverCases, wordsForPeople } from "./ignored.ts";
import { type Judge, loaderOf } from "./judges.ts";

/**
 * Runs the tests of `policy/` in the process that asks for it. To start vitest for each mutant takes a
 * hundred times as long as most mutants need to be found out, and there are thousands of them.
 */
export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, "in-process", newRunner),
  wordsForPeople,
  neverCases,
];

function newRunner(): TestRunner {
  const mutants = instrumented();
  const load = loaderOf(process.cwd());
  let judges: readonly Judge[] = [];
  let hits: Hits = {};
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    async dryRun(): Promise<DryRunResult> {
      judges = await load();
      const tests: TestResult[] = [];
      for (const judge of judges) {
        mutants.currentTestId = judge.id;
        tests.push(await verdict(judge));
      }
      mutants.currentTestId = undefined;
      keepTimes(tests);
      const { mutantCoverage } = mutants;
      hits = mutantCoverage?.perTest ?? {};
      return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
    },
    async mutantRun(options): Promise<MutantRunResult> {
      const judging = { mutants, id: options.activeMutant.id, hits, most: options.hitLimit };
      mutants.activeMutant =
        options.mutantActivation === "static" ? options.activeMutant.id : undefined;
      const tests: TestResult[] = [];
      try {
        // What the mutant before was counted up to says nothing about loading.
        mutants.hitCount = undefined;
        if (judges.length === 0 || options.reloadEnvironment) judges = await load();
        mutants.activeMutant = options.activeMutant.id;
        tests.push(...(await untilOneFails(chosen(judges, options), judging)));
      } catch (error) {
        tests.push(failed({ id: "loading", name: "loading the tests", timeSpentMs: 0 }, error));
      }
      const endless = determineHitLimitReached(mutants.hitCount, mutants.hitLimit);
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
    },
  };
}

type Mutants = { [Name in keyof InstrumenterContext]: InstrumenterContext[Name] | undefined };

/** What the instrumented code looks at to know which mutant it is. */
function instrumented(): Mutants {
  const everywhere = globalThis as { [INSTRUMENTER_CONSTANTS.NAMESPACE]?: Mutants };
  const mutants = everywhere[INSTRUMENTER_CONSTANTS.NAMESPACE] ?? {};
  everywhere[INSTRUMENTER_CONSTANTS.NAMESPACE] = mutants;
  return mutants;
}

/** The judges of a mutant, the quick ones first: most mutants need only one of them. */
function chosen(judges: readonly Judge[], { testFilter }: MutantRunOptions): readonly Judge[] {
  const wanted = testFilter && new Set(testFilter);
  const times = keptTimes();
  return judges
    .filter(({ id }) => wanted?.has(id) ?? true)
    .toSorted((a, b) => (times.get(a.id) ?? 0) - (times.get(b.id) ?? 0));
}

/** By test and mutant: how often the place of the mutant was passed when there was none. */
type Hits = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Judging {
  readonly mutants: Mutants;
  readonly id: string;
  readonly hits: Hits;
  /** For all tests together, if Stryker knows it. */
  readonly most: number | undefined;
}

/** A loop that never ends passes its mutant ever again: a hundred times as often as usual is enough. */
async function untilOneFails(
  judges: readonly Judge[],
  { mutants, id, hits, most }: Judging,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for (const judge of judges) {
    const usual = hits[judge.id]?.[id];
    mutants.hitLimit = usual === undefined ? most : 100 * usual + 1000;
    mutants.hitCount = mutants.hitLimit === undefined ? undefined : 0;
    const result = await verdict(judge);
    results.push(result);
    if (result.status === TestStatus.Failed) break;
  }
  return results;
}

async function verdict({ id, run }: Judge): Promise<TestResult> {
  const start = performance.now();
  const timing = () => ({ id, name: id, timeSpentMs: performance.now() - start });
  try {
    await run();
    return { ...timing(), status: TestStatus.Success };
  } catch (error) {
    return failed(timing(), error);
  }
}

function failed(test: Pick<TestResult, "id" | "name" | "timeSpentMs">, error: unknown): TestResult {
  const failureMessage = error instanceof Error ? error.message : String(error);
  return { ...test, status: TestStatus.Failed, failureMessage };
}

// A file, because Stryker starts a new process whenever a mutant runs forever.
const timesFile = () => join(process.cwd(), "judge-times.json");

function keepTimes(tests: readonly TestResult[]): void {
  writeFileSync(timesFile(), JSON.stringify(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs])));
}

function keptTimes(): ReadonlyMap<string, number> {
  if (!existsSync(timesFile())) return new Map();
  return new Map(JSON.parse(readFileSync(timesFile(), "utf8")) as [string, number][]);
}
