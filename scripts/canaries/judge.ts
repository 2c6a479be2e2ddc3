import type { Verdict } from "../gates/gate.ts";
import type { Canary } from "./canary.ts";

/** Why a canary was not caught; undefined when it was. */
export function missedBecause(canary: Canary, verdict: Verdict): string | undefined {
  if (verdict.kind === "green") return `the gate was green and saw ${verdict.saw}`;
  const isCaught = verdict.output
    .split("\n")
    .some((line) => canary.says.every((part) => line.includes(part)));
  return isCaught ? undefined : `no line of the gate's output holds ${canary.says.join(" and ")}`;
}
