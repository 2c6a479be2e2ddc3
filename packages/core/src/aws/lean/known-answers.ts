import { NormalizedSchema } from "@smithy/core/schema";
import type { BucketRead } from "./bucket-read.ts";

/**
 * What answers of S3 mean, by operation and text: most buckets of an organization are set alike, so most
 * answers were decoded before. What is given out is frozen, for others have it as well.
 */
export interface KnownAnswers {
  /** What the body of a 200 means; `decode` is asked where nobody asked before. Throws what it throws. */
  readonly of: (
    operation: Operation,
    body: Buffer,
    decode: () => Promise<object>,
  ) => Promise<object>;
}

type Operation = Pick<BucketRead["operation"], "name" | "output">;

/** A policy or a list is hardly ever the same in two buckets; what is short may be. */
const mostBytes = 1_024;
const mostOfOperation = 64;

export function createKnownAnswers(): KnownAnswers {
  const kept = new Map<string, Map<string, object> | undefined>();
  const answersTo = (operation: Operation) => {
    const { name } = operation;
    if (!kept.has(name)) kept.set(name, isInBody(operation) ? new Map() : undefined);
    return kept.get(name);
  };
  return {
    async of(operation, body, decode) {
      const answers = body.length > mostBytes ? undefined : answersTo(operation);
      if (answers === undefined) return decode();
      const text = body.toString("latin1");
      const known = answers.get(text);
      if (known !== undefined) return known;
      const answer = frozen(await decode());
      answers.set(text, answer);
      const [oldest] = answers.keys();
      if (answers.size > mostOfOperation && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
  };
}

/** Whether nothing of the answer stands in its headers. */
function isInBody({ output }: Operation): boolean {
  const members = Object.values(NormalizedSchema.of(output).getMemberSchemas());
  return members.every((member) => {
    const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.getMergedTraits();
    return [httpHeader, httpPrefixHeaders, httpResponseCode].every((it) => it === undefined);
  });
}

function frozen<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === "object" && member !== null) frozen(member);
  }
  return Object.freeze(value);
}
