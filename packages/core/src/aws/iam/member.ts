import {
  actionsOf,
  callsToAttribute,
  callsToList,
  callsToRead,
  callsToReport,
  callsToSeeCallers,
  callToRemove,
  callToWrite,
} from "../permissions.ts";
import type { Access } from "./access.ts";
import type { IamStatement } from "./document.ts";
import { type IamPlace, kindOf, reachOf } from "./resources.ts";

/**
 * What both roles of a member may do: read what the baseline asks for, list what there is, and report
 * findings where it wants that.
 */
export function readStatements(access: Access, at: IamPlace): readonly IamStatement[] {
  // Members cannot see where in the organization they are: the hub asks for that with its own role.
  const facets = access.reads.filter((facet) => facet !== "organizationalUnits");
  const calls = [
    ...facets.flatMap(callsToRead),
    ...callsToList,
    ...callsToAttribute,
    ...(access.readLogBuckets.length === 0 ? [] : callsToSeeCallers),
  ];
  const reports = access.reportsFindings ? actionsOf(callsToReport) : [];
  return [
    ...statements("Read", actionsOf(calls), { access, at }),
    ...statements("Report", reports, { access, at }),
  ];
}

/** What the remediation role may do beside that. Empty where the baseline repairs nothing. */
export function writeStatements(access: Access, at: IamPlace): readonly IamStatement[] {
  const calls = access.writes.map(callToWrite);
  const undone = access.removesPolicies ? [callToRemove("policy")] : [];
  return statements("Write", actionsOf([...calls, ...undone]), { access, at });
}

interface Terms {
  readonly access: Access;
  readonly at: IamPlace;
}

/** One statement for each kind of resource, and more where conditions differ. */
function statements(
  verb: "Read" | "Write" | "Report",
  actions: readonly string[],
  { access, at }: Terms,
): readonly IamStatement[] {
  const byKind = Map.groupBy(actions, kindOf);
  return [...byKind].flatMap(([kind, own]) =>
    reachOf(kind, at, access).map(({ noun, arns, condition }) => ({
      Sid: `${verb}${noun}`,
      Effect: "Allow",
      Action: own,
      Resource: arns,
      ...(condition === undefined ? {} : { Condition: condition }),
    })),
  );
}
