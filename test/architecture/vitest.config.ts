import { defineConfig } from "vitest/config";

/** The rules alone: no database is started for them. */
export default defineConfig({ test: { include: ["**/*.test.ts"] } });
