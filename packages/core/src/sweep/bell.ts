/** Tells one who waits that something happened, also when it happened before the wait. */
export interface Bell {
  readonly ring: () => void;
  readonly rung: () => Promise<void>;
}

export function createBell(): Bell {
  let next = Promise.withResolvers<void>();
  return {
    ring: () => next.resolve(),
    rung: async () => {
      await next.promise;
      next = Promise.withResolvers();
    },
  };
}
