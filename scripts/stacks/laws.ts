import type { Breach } from "./breach.ts";
import { policiesIn } from "./policies.ts";
import {
  ledgerIsKept,
  noWideAction,
  openOnlyToOwn,
  sourceIsNamed,
  trustIsNarrow,
} from "./policy-laws.ts";
import type { Resource } from "./resource.ts";
import { nothingIsLost, runsAsMeant, staysReadable } from "./resource-laws.ts";
import { valuesAreKnown } from "./values.ts";

/** Everything that is wrong with what a deployment would make. */
export function findBreaches(resources: readonly Resource[]): readonly Breach[] {
  const policies = policiesIn(resources);
  return [
    ...policies.flatMap(noWideAction),
    ...policies.flatMap(sourceIsNamed),
    ...policies.flatMap(openOnlyToOwn),
    ...policies.flatMap(trustIsNarrow),
    ...policies.flatMap(ledgerIsKept),
    ...nothingIsLost(resources),
    ...runsAsMeant(resources),
    ...staysReadable(resources),
    ...valuesAreKnown(resources),
  ];
}
