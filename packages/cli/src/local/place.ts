import { InputError } from "@bucket-warden/core/kernel";
import { Option } from "commander";

/** Where work is done: by a deployed function, or by this process. */
export interface Place {
  readonly local?: boolean;
  readonly baseline?: string;
  readonly ledger?: string;
}

const usualLedger = "warden-ledger";

/** The options by which people choose it. */
export function placeOptions(): readonly Option[] {
  return [
    new Option("--local", "do it in this process, with your own credentials"),
    ...localPlaceOptions("with --local: "),
  ];
}

/** The options of what is always done in this process. */
export function localPlaceOptions(when = ""): readonly Option[] {
  return [
    new Option("--baseline <file>", `${when}the baseline; else warden.config.* of this folder`),
    new Option("--ledger <folder>", `${when}what is done is recorded here (${usualLedger})`),
  ];
}

/** Throws InputError where something is given that only counts in this process. */
export function requireLocal({ local, baseline, ledger }: Place): void {
  if (local === true || (baseline === undefined && ledger === undefined)) return;
  throw new InputError({
    place: baseline === undefined ? "--ledger" : "--baseline",
    problem: "it counts only with --local; the deployed function has its own",
    remedy: "Add --local, or leave it out.",
  });
}

export function ledgerOf({ ledger = usualLedger }: Pick<Place, "ledger">): string {
  return ledger;
}
