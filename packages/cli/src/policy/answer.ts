import { InputError } from "@bucket-warden/core/kernel";
import { type Diagnostic, ensure, parse, prove, type Request } from "@bucket-warden/core/policy";
import { idOf, parseQuestion, type Question } from "./question.ts";

export interface CheckAnswer {
  readonly id: string;
  readonly verdict: "proven" | "refuted" | "undecided" | "invalid";
  /** A request that slips through. */
  readonly witness?: Request;
  readonly reason?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

export interface FixAnswer {
  readonly id: string;
  readonly changed: boolean;
  readonly policy?: unknown;
  readonly refused?: { readonly code: string; readonly why: string; readonly remedy: string };
}

/** Whether the policy of the question gives the guarantee. */
export function check({ id, guarantee, text }: Question): CheckAnswer {
  const parsed = text === undefined ? undefined : parse(text);
  const found = parsed?.diagnostics ?? [];
  const diagnostics = found.length === 0 ? {} : { diagnostics: found };
  if (parsed?.kind === "invalid") {
    const reason = found[0]?.message ?? "it is not a policy";
    return { id, verdict: "invalid", reason, ...diagnostics };
  }
  const proof = prove(parsed?.policy, guarantee);
  switch (proof.kind) {
    case "proven":
      return { id, verdict: "proven", reason: guarantee.sentence, ...diagnostics };
    case "refuted": {
      const { witness, sentence: reason } = proof;
      return { id, verdict: "refuted", witness, reason, ...diagnostics };
    }
    case "undecided":
      return { id, verdict: "undecided", reason: proof.why, ...diagnostics };
  }
}

/** The smallest repair of the policy of the question. */
function fix({ id, guarantee, text, asObject }: Question): FixAnswer {
  const result = ensure(text, guarantee);
  switch (result.kind) {
    case "unchanged":
      return { id, changed: false };
    case "changed":
      return { id, changed: true, policy: asObject ? JSON.parse(result.text) : result.text };
    case "refused": {
      const { code, why, remedy } = result;
      return { id, changed: false, refused: { code, why, remedy } };
    }
  }
}

/** Answers one line of `check --jsonl`; an unusable line is answered as well. */
export function checkLine(line: string): CheckAnswer {
  return answerLine(line, check, (id, error) => ({
    id,
    verdict: "invalid",
    reason: `${error.place}: ${error.problem}. ${error.remedy}`,
  }));
}

/** Answers one line of `fix --jsonl`; an unusable line is answered as well. */
export function fixLine(line: string): FixAnswer {
  return answerLine(line, fix, (id, { place, problem, remedy }) => ({
    id,
    changed: false,
    refused: { code: "invalid-line", why: `${place}: ${problem}`, remedy },
  }));
}

function answerLine<T>(
  line: string,
  answer: (question: Question) => T,
  unusable: (id: string, error: InputError) => T,
): T {
  try {
    return answer(parseQuestion(line));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unusable(idOf(line), error);
  }
}
