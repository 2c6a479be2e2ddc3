/**
 * Runs something round after round, never two at once. Whoever asks for a round waits for one that
 * begins afterwards; those who ask meanwhile share it.
 */
export function createRounds(run: () => Promise<unknown>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= last.then(async () => {
      next = undefined;
      await run();
    });
    last = next;
    return next;
  };
}
