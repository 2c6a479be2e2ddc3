import { rm } from "node:fs/promises";
import type { Gate, Verdict } from "../gates/gate.ts";
import { runGate } from "../gates/run-gates.ts";
import { pathsOf } from "../gates/tree.ts";
import type { Canary, Tree } from "./canary.ts";
import { copyTree, newFolder } from "./copy.ts";
import { plantCanary } from "./plant.ts";

/** Canaries that are planted in one copy, and the gate that must catch each of them. */
export interface Rehearsal {
  readonly gate: string;
  readonly tree: Tree;
  readonly canaries: readonly Canary[];
}

/** One copy for all canaries of a gate that do not mind each other, one for each that does. */
export function rehearsalsOf(canaries: readonly Canary[]): readonly Rehearsal[] {
  const apart = canaries
    .filter(({ tree }) => tree !== "shared")
    .map((canary) => ({ gate: canary.gate, tree: canary.tree, canaries: [canary] }));
  const together = Object.entries(
    Object.groupBy(
      canaries.filter(({ tree }) => tree === "shared"),
      ({ gate }) => gate,
    ),
  ).map(([gate, some]) => ({ gate, tree: "shared" as const, canaries: some ?? [] }));
  return [...together, ...apart];
}

/** Plants the canaries in a fresh copy, lets the gate judge it, and leaves nothing behind. */
export async function rehearse(
  root: string,
  { tree, canaries }: Rehearsal,
  gate: Gate,
  open: Set<string>,
): Promise<Verdict> {
  const paths = await pathsOf(root);
  const copy = await newFolder();
  open.add(copy);
  try {
    await copyTree(root, copy, tree === "bare" ? paths.filter(isBare) : paths);
    for (const canary of canaries) await plantCanary(copy, canary);
    return await runGate(gate, copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
    open.delete(copy);
  }
}

/** What the tools themselves need: their configuration, the manifests and knip's reporter. */
function isBare(path: string): boolean {
  return /^([^/]+|packages\/[^/]+\/package\.json|scripts\/gates\/knip-reporter\.ts)$/.test(path);
}
