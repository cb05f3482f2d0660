import { defineConfig } from "vitest/config";

const settings = { testTimeout: 60_000, hookTimeout: 600_000, globalSetup: ["test/support/built-bundles.ts"] };

/** Tests that own processes, folders or a whole engine run apart from those that only share an SDK. */
const APART = [
  "test/engine/**/*.test.ts",
  "test/services/{mcp,database-setup}/**/*.test.ts",
  "test/services/libraries/{mcp-host,gateway-client}/**/*.test.ts",
  "test/services/gateway-interceptor/lambda.test.ts",
  "test/tools/{bootstrap,build,cli,engine,scaffold}/**/*.test.ts",
  "test/sandbox/data-plane/**/*.test.ts",
  "test/sandbox/control-plane/{provider/**/*,store-crowd,faults}.test.ts",
];

export default defineConfig({
  test: {
    // Most tests wait for processes of their own: a core that is left free for them is left idle.
    maxWorkers: "100%",
    projects: [
      // What waits for processes that compete for the machine may be late once; what is wrong is wrong twice.
      { test: { ...settings, name: "apart", include: APART, retry: 1 } },
      { test: { ...settings, name: "together", include: ["test/**/*.test.ts"], exclude: APART, isolate: false } },
    ],
  },
});
