import type { Policy, Statement } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";

/** Every Sid of ours begins like this; nobody else should use it. */
const ownPrefix = "BucketWarden";

/** The Sids of ours that a policy carries, in order; none for a document that cannot be read. */
export function ownedSids(text: string): readonly string[] {
  const parsed = parse(text);
  if (parsed.kind !== "parsed") return [];
  return parsed.policy.statements.flatMap(({ sid }) => (sid?.startsWith(ownPrefix) ? [sid] : []));
}

export interface Carrier extends Statement {
  readonly sid: string;
}

/** The statements that carry one of these Sids. */
export function carriersOf(
  policy: Policy | undefined,
  sids: readonly string[],
): readonly Carrier[] {
  const wanted: ReadonlySet<string | undefined> = new Set(sids);
  return policy?.statements.filter((one): one is Carrier => wanted.has(one.sid)) ?? [];
}
