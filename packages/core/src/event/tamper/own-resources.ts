import { InputError } from "../../kernel/input-error.ts";
import type { Actor } from "../../model/trigger.ts";
import { wildcardMatches } from "../../policy/index.ts";

/** Patterns of what belongs to this deployment: names, or whole ARNs; `*` stands for any characters. */
export type OwnResources = readonly string[];

/**
 * Reads a list such as `bucket-warden*, arn:aws:kms:eu-west-1:111122223333:key/1234…`. Throws
 * InputError when it is empty or a pattern is so wide that it would name what is not ours.
 */
export function parseOwnResources(text: string, place: string): OwnResources {
  const patterns = text.split(",").map((pattern) => pattern.trim());
  for (const pattern of patterns) {
    if (/^[\w*.:/@+=-]+$/.test(pattern) && pattern.replaceAll(/[*:]|arn|aws/g, "").length >= 3) {
      continue;
    }
    throw new InputError({
      place,
      problem: `${JSON.stringify(pattern)} does not say what is ours`,
      remedy:
        "Give names such as bucket-warden* or whole ARNs, separated by commas, with at least three characters beside the *.",
    });
  }
  return patterns;
}

/** The first of `texts` that names something of ours, by ARN, URL, path or plain name. */
export function firstOwn(own: OwnResources, texts: readonly string[]): string | undefined {
  return texts.find((text) => own.some((pattern) => names(pattern, text)));
}

/** Whether the caller's role is ours. */
export function isOwnCaller(own: OwnResources, { role }: Pick<Actor, "role">): boolean {
  return role !== undefined && firstOwn(own, [role]) !== undefined;
}

function names(pattern: string, text: string): boolean {
  const isWhole = pattern.startsWith("arn:");
  // What lies below an ARN is ours too: the version of a function, the targets of a rule.
  const forms = isWhole ? [pattern, `${pattern}:*`, `${pattern}/*`] : [pattern];
  const parts = isWhole ? [text] : text.split(/[:/]/);
  return parts.some((part) => forms.some((form) => wildcardMatches(form, part)));
}
