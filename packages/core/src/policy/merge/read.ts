import type { Policy } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";
import type { Refusal } from "./checks.ts";

type Reading = { readonly kind: "read"; readonly policy: Policy | undefined } | Refusal;

/** Reads a policy; one that AWS would not accept is left alone. */
export function read(text: string | undefined): Reading {
  if (text === undefined) return { kind: "read", policy: undefined };
  const parsed = parse(text);
  if (parsed.kind === "parsed") return { kind: "read", policy: parsed.policy };
  const problems = parsed.diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ path, message }) => `${path || "document"}: ${message}`);
  return {
    kind: "refused",
    code: "invalid-policy",
    why: `the policy is not one that AWS would accept: ${problems[0]}`,
    remedy: "Correct the policy by hand; what it means now cannot be known",
  };
}
