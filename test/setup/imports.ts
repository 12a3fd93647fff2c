import { afterAll, vi } from "vitest";

// A component that was rendered loads what it shows on demand: the next file must not find that half loaded.
afterAll(() => vi.dynamicImportSettled());
