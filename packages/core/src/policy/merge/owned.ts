import { parse } from "../syntax/parse.ts";

/** Every Sid of ours begins like this; nobody else should use it. */
const ownPrefix = "BucketWarden";

/** The Sids of ours that a policy carries, in order; none for a document that cannot be read. */
export function ownedSids(text: string): readonly string[] {
  const parsed = parse(text);
  if (parsed.kind !== "parsed") return [];
  return parsed.policy.statements.flatMap(({ sid }) => (sid?.startsWith(ownPrefix) ? [sid] : []));
}
