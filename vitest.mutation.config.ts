import { defineConfig } from "vitest/config";

/** For mutation testing: only what judges `policy/`, and of the slow tests a small slice. */
export default defineConfig({
  test: {
    include: ["packages/core/src/policy/**/*.test.ts", "test/differential/**/*.test.ts"],
    env: { WARDEN_CASES: "300" },
  },
});
