import { printable } from "@bucket-warden/core/kernel";
import type { ListedWaiver } from "./listed.ts";

/** Waivers for people: what, for what, until when, by whom, and where it stands. */
export function waiverLines(waivers: readonly ListedWaiver[]): readonly string[] {
  return waivers.flatMap((waiver) => {
    const { state, controls, approver, approved, expires, reason, ticket, problem, place } = waiver;
    const of = controls === undefined ? "nobody can tell which controls" : controls.join(", ");
    return [
      `${state.toUpperCase().padEnd(7)}  ${printable(of)} on ${printable(target(waiver))}`,
      ...(expires === undefined ? [] : [row(`${approved} to ${expires}, by ${approver}`)]),
      ...(reason === undefined
        ? []
        : [row(ticket === undefined ? reason : `${reason} (${ticket})`)]),
      ...(problem === undefined ? [] : [row(`it cannot be used: ${problem}`)]),
      row(place),
    ];
  });
}

function target({ buckets, accounts, state }: ListedWaiver): string {
  const parts = [
    ...(buckets === undefined ? [] : [`buckets ${buckets.join(", ")}`]),
    ...(accounts === undefined ? [] : [`account ${accounts.join(", ")}`]),
  ];
  if (parts.length > 0) return parts.join(" of ");
  return state === "invalid" ? "nobody can tell what" : "everything";
}

function row(text: string): string {
  return `         ${printable(text)}`;
}
