import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    restoreMocks: true,
  },
});
