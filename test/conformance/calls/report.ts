import type { Judgement } from "./judgement.ts";
import type { Observation } from "./play.ts";

/** What the other judge said, as text for people; the surprises in full. */
export function reportOf(judgement: Judgement, asked: number, inSandbox: number): string {
  const { equal, accepted, surprising, stale } = judgement;
  const counted = [...accepted.values()].reduce((sum, count) => sum + count, 0);
  const lines = [...accepted].map(([name, count]) => `  ${String(count).padStart(3)}  ${name}`);
  return [
    ...surprising.map(difference),
    ...stale.map((question) => `STALE      ${question}\n`),
    `${counted} accepted, under ${accepted.size} names:`,
    ...lines,
    "",
    `${asked} questions: ${equal} equal, ${counted} accepted by name, ${surprising.length} not accepted, ${stale.length} stale.`,
    `${inSandbox - asked} more of the sandbox stand on what moto lacks.`,
    "",
  ].join("\n");
}

function difference({ name, call, expected, seen }: Observation): string {
  return `DIFFERENT  ${name} (${call})
  AWS   ${JSON.stringify(expected)}
  seen  ${JSON.stringify(seen)}
`;
}
