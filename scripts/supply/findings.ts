import * as z from "zod";

const schema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), via: z.array(z.unknown()), range: z.string() }),
  ),
});

/** What npm said about known holes: that there are some, or none, or that nobody could tell. */
export type Audit =
  | { readonly kind: "known"; readonly holes: readonly string[] }
  | { readonly kind: "untold"; readonly why: string };

/** Holes as severe as this stop a release. */
const severe: readonly string[] = ["high", "critical"];

/** Reads the answer of `npm audit --json`; a registry without that service answers with an error. */
export function readAudit(text: string): Audit {
  const answer = jsonIn(text);
  const parsed = schema.safeParse(answer);
  if (!parsed.success) return { kind: "untold", why: messageIn(answer) };
  const holes = Object.entries(parsed.data.vulnerabilities)
    .filter(([, { severity }]) => severe.includes(severity))
    .map(([name, { severity, range }]) => `${name} ${range} (${severity})`);
  return { kind: "known", holes };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageIn(answer: unknown): string {
  const isTold = typeof answer === "object" && answer !== null && "message" in answer;
  return isTold
    ? (String(answer.message).split(" - ")[0] ?? "")
    : "it gave no answer that can be read";
}
