import { createInterface } from "node:readline/promises";
import { baselineProblems } from "@bucket-warden/core/baseline";
import { InputError } from "@bucket-warden/core/kernel";
import { Document } from "yaml";

/** What a first baseline needs to know. All of it may be left out. */
export interface Answers {
  readonly key?: string;
  readonly logTarget?: string;
  readonly mode?: string;
}

const questions = [
  ["mode", "What shall happen on drift: alert, approve or remediate?", "alert"],
  [
    "key",
    "KMS key or alias for buckets, e.g. arn:{partition}:kms:{region}:{account}:alias/s3?",
    "",
  ],
  ["logTarget", "Bucket for access logs, e.g. logs-{account}-{region}?", ""],
] as const;

/** Asks on the terminal for what the flags did not say; an empty answer keeps the default. */
export async function askFor(given: Answers): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answers: Record<string, string> = {};
    for (const [name, question, fallback] of questions) {
      if (given[name] !== undefined) continue;
      const hint = fallback === "" ? "" : ` [${fallback}]`;
      const answer = (await terminal.question(`${question}${hint} `)).trim();
      if (answer !== "") answers[name] = answer;
    }
    return { ...answers, ...given };
  } finally {
    terminal.close();
  }
}

/** Repairs that break no client that follows the rules, in the order in which to switch them on. */
const safeToRepair = [
  "public-access-block",
  "sse-c-blocked",
  "default-encryption",
  "access-logging",
];

/** The text of a baseline for day one. Throws InputError when an answer is not usable. */
export function dayOne({ key, logTarget, mode = "alert" }: Answers): string {
  const canRun = (id: string) =>
    mode === "alert" ||
    ((id !== "default-encryption" || key !== undefined) &&
      (id !== "access-logging" || logTarget !== undefined));
  const settings = Object.fromEntries(
    safeToRepair.map((id) => [
      id,
      {
        mode: canRun(id) ? mode : "alert",
        ...(id === "default-encryption" && key !== undefined ? { key } : {}),
        ...(id === "access-logging" && logTarget !== undefined ? { target: logTarget } : {}),
      },
    ]),
  );
  const [problem] = baselineProblems(settings);
  if (problem !== undefined) {
    const { path, problem: what, remedy } = problem;
    throw new InputError({ place: flagOf(path), problem: what, remedy });
  }
  const document = new Document(settings);
  document.commentBefore = [
    " What every bucket shall look like. Every control that is not named here alerts or is off.",
    " Next: `warden baseline show --bucket NAME`; docs/baseline.md lists every setting.",
  ].join("\n");
  return document.toString();
}

function flagOf(path: readonly PropertyKey[]): string {
  const flags: Readonly<Record<string, string>> = { key: "--key", target: "--log-target" };
  return flags[String(path.at(-1))] ?? "--mode";
}
