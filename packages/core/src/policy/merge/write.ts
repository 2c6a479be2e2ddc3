import type { OwnStatement } from "../guarantees/guarantee.ts";
import type { Policy } from "../syntax/document.ts";
import { replaceStatements } from "../syntax/edit.ts";

export interface Statements {
  readonly drop: readonly number[];
  readonly append: readonly OwnStatement[];
}

/** The document with the statements changed; a bucket without a policy gets a new, minified one. */
export function withStatements(policy: Policy | undefined, change: Statements): string {
  if (policy === undefined) {
    return JSON.stringify({ Version: "2012-10-17", Statement: change.append });
  }
  return replaceStatements(policy, { drop: change.drop, append: change.append.map(asJson) });
}

/** Members that are undefined are no JSON; there are none after this. */
function asJson(statement: OwnStatement): Record<string, never> {
  return JSON.parse(JSON.stringify(statement)) as Record<string, never>; // a JSON object by construction
}
