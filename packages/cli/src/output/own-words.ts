import type { Held, ResourceRef } from "@bucket-warden/core/model";
import { askFor, askToApprove } from "@bucket-warden/core/plan";

/** What a person is told to do who works with this command and not with the deployed function. */
export function nextAfterLook({ control, approval, next }: Held, on: ResourceRef): string {
  const bucket = on.kind === "bucket" ? ` ${on.name}` : "";
  const plan = `warden plan${bucket} --control ${control} --out plan.json`;
  const planned = next.replace(askFor(control), () => `run \`${plan}\` and apply that`);
  if (approval === undefined || on.kind !== "bucket") return planned;
  const approve = `warden remediate${bucket} --local --approval '${approval}'`;
  return planned.replace(askToApprove(approval), () => `run \`${approve}\``);
}

interface Done {
  readonly resource: string;
  /** With the caller's own credentials, and not by the deployed function. */
  readonly isLocal: boolean;
}

/** The same of all that was left to people when something was done about a resource. */
export function heldAfterWork(held: readonly Held[], { resource, isLocal }: Done): readonly Held[] {
  // Whatever is no bucket has a name of several words, and is not remediated by its name.
  if (resource.includes(" ")) return held;
  const command = `warden remediate ${resource}${isLocal ? " --local" : ""}`;
  return held.map((it) => {
    const { control, approval, next } = it;
    const named = next.replace(askFor(control), () => `run \`${command} --control ${control}\``);
    if (approval === undefined) return { ...it, next: named };
    const approve = `run \`${command} --approval '${approval}'\``;
    return { ...it, next: named.replace(askToApprove(approval), () => approve) };
  });
}
