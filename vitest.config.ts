import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    restoreMocks: true,
    // Rehearsals wait more than they work, so a small machine can do a few at a time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/**/*.test.ts", "scripts/**/*.test.ts"],
          // Pure functions share nothing, and importing them once saves a third of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "rehearsal",
          include: ["test/**/*.test.ts"],
          exclude: ["test/stacks/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "stacks",
          include: ["test/stacks/**/*.test.ts"],
          globalSetup: "test/stacks/deployments.ts",
        },
      },
    ],
  },
});
