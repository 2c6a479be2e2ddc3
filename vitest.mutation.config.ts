import { defineConfig } from "vitest/config";

/** For mutation testing: what judges `policy/` fast enough to be run once for each mutant. */
export default defineConfig({
  test: {
    include: ["packages/core/src/policy/**/*.test.ts", "test/differential/evaluate*.test.ts"],
    env: { WARDEN_CASES: "1000" },
  },
});
