import type { PastWork } from "@bucket-warden/core/history";
import type { ManualResult } from "@bucket-warden/functions/by-hand";
import type { ManualAnswer } from "@bucket-warden/functions/invoke";

export interface FollowPorts {
  /** The latest work on a bucket, newest first. */
  readonly historyOf: (bucket: string) => Promise<readonly PastWork[]>;
  /** Waits a while; resolves at once when the signal came. */
  readonly pause: () => Promise<void>;
  /** Tells people what is still waited for. */
  readonly tell: (pending: readonly string[]) => void;
  readonly signal: AbortSignal;
}

/** How often it is asked what became of a request before somebody has to ask again. */
const mostQuestions = 120;

/**
 * Follows buckets whose outcome the function could not wait for. What is still not known when it gives up,
 * or is interrupted, stays pending; so does what is no bucket, since its history cannot be asked for.
 */
export async function followed(
  answer: ManualAnswer,
  { historyOf, pause, tell, signal }: FollowPorts,
): Promise<ManualAnswer> {
  const results = [...answer.results];
  let pending = answer.pending;
  for (let asked = 0; asked < mostQuestions && !signal.aborted; asked += 1) {
    const open = pending.filter(isBucket);
    if (open.length === 0) break;
    tell(open);
    await pause();
    const found = await Promise.all(
      open.map(async (bucket) => outcomeIn(await historyOf(bucket), bucket, answer.request)),
    );
    results.push(...found.filter((it) => it !== undefined));
    const done = new Set(found.map((it) => it?.resource));
    pending = pending.filter((it) => !done.has(it));
  }
  return { ...answer, results, pending };
}

/** Whatever is no bucket has a name of several words. */
function isBucket(resource: string): boolean {
  return !resource.includes(" ");
}

/** What that request came to, once it is over. */
function outcomeIn(
  past: readonly PastWork[],
  resource: string,
  request: string,
): ManualResult | undefined {
  const work = past.find(({ cause }) => cause.kind === "manual" && cause.requestId === request);
  if (work === undefined || work.outcome.kind === "retry") return undefined;
  const { outcome, held, changes } = work;
  return { resource, outcome, held, changes, findings: [] };
}
