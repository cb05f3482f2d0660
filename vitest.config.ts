import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { FileOrder } from "./test/file-order.ts";

const settings = {
  testTimeout: 300_000,
  hookTimeout: 600_000,
  globalSetup: ["test/support/built-bundles.ts"],
  setupFiles: ["test/support/plain-output.ts"],
};

/** Deployments of whole environments on the real engine: half of the time of all tests, so they run where all is asked for. */
const DEPLOYMENTS = ["test/engine/deployments/*.test.ts"];
/** Tests that own processes, folders or a whole engine run apart from those that only share an SDK. */
const APART = [
  "test/engine/*.test.ts",
  "test/services/{mcp,database-setup}/**/*.test.ts",
  "test/services/libraries/{events,gateway-client,mcp-host}/**/*.test.ts",
  "test/services/gateway-interceptor/lambda.test.ts",
  "test/tools/{bootstrap,build,cli,engine,report,scaffold}/**/*.test.ts",
  "test/sandbox/data-plane/**/*.test.ts",
  "test/sandbox/control-plane/{provider/**/*,store-crowd,faults}.test.ts",
];

export default defineConfig({
  test: {
    // Most tests wait for processes of their own: with a worker for each core, a quarter of the cores was idle.
    maxWorkers: availableParallelism() + 1,
    // The seed is another one each time, so that no file comes to need what another left behind; it is printed.
    sequence: { shuffle: { files: true, tests: false }, sequencer: FileOrder },
    projects: [
      { test: { ...settings, name: "apart", include: APART } },
      { test: { ...settings, name: "deployments", include: DEPLOYMENTS } },
      {
        test: {
          ...settings,
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...APART, ...DEPLOYMENTS],
          isolate: false,
        },
      },
    ],
  },
});
