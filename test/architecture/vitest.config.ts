import { defineConfig } from "vitest/config";

/** The rules alone, without the database of the other tests. */
export default defineConfig({ test: { include: ["**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 } });
