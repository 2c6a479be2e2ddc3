import { randomUUID } from "node:crypto";
import { controls } from "@bucket-warden/core/controls";
import { parseManual } from "@bucket-warden/core/event";
import { InputError } from "@bucket-warden/core/kernel";
import { type Facet, type Readings, resourceId } from "@bucket-warden/core/model";
import { openLocal } from "../local/local.ts";
import { type Explanation, explanationOf } from "./explanation.ts";

export interface ExplainRequest {
  readonly bucket: string;
  readonly control?: string;
  readonly baseline?: string;
  readonly ledger: string;
}

/** Looks at a bucket with the caller's own credentials, and says why each control says what it says. */
export async function explainHere({
  bucket,
  control,
  baseline,
  ledger,
}: ExplainRequest): Promise<Explanation> {
  requireAboutBuckets(control);
  const seen = new Map<string, Map<Facet, unknown>>();
  const local = await openLocal({
    baseline,
    ledger,
    tell: () => {},
    orDefault: true,
    onRead: (facet, on, reading) => {
      const id = resourceId(on);
      seen.set(id, (seen.get(id) ?? new Map()).set(facet, reading));
    },
  });
  const asked = { bucket, mode: "plan", reason: "warden explain", requestedBy: "warden explain" };
  const defaults = { id: randomUUID(), ...local.caller, knownControls: controls };
  const [task] = await local.tasksOf(parseManual(asked, defaults));
  if (task?.ref.kind !== "bucket") throw new Error("one bucket is one task");
  const { ref } = task;
  const entry = await local.workOff(task);
  const readings: Readings = Object.fromEntries(seen.get(resourceId(ref)) ?? []);
  return explanationOf({ entry: { ...entry, task: { ...task, ref } }, readings }, local, control);
}

function requireAboutBuckets(id: string | undefined): void {
  const control = controls.find((it) => it.id === id);
  if (control === undefined || control.target === "bucket") return;
  throw new InputError({
    place: `control ${control.id}`,
    problem: `it is about ${control.target === "account" ? "an account" : "what an account has in a Region"}, and about no bucket`,
    remedy: "See `warden plan`, which looks at all that an account has.",
  });
}

/** What an explanation says to scripts, of all that it explains. */
export function explainExitCode({ gone, controls: explained }: Explanation): 0 | 1 | 2 | 3 {
  if (gone === true) return 1;
  const verdicts = new Set(explained.map(({ verdict }) => verdict));
  if (verdicts.has("drift")) return 2;
  return verdicts.has("unread") || verdicts.has("undecided") ? 3 : 0;
}
