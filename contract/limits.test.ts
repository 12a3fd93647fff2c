import { expect, it } from "vitest";
import * as limits from "./limits";

it("the limits are as documented", () => {
  expect({ ...limits }).toEqual({
    LABEL_NAME: /^[a-z][a-z0-9-]{0,63}$/,
    MAX_LIMIT: 200,
    MAX_LIST: 1000,
    MAX_FILES: 10_000,
    MAX_IMPORT: 500,
    MAX_BATCH: 20,
    MAX_JSON_DEPTH: 200,
    MAX_DESCRIPTION: 65_536,
    MAX_METADATA: 65_536,
    MAX_QUERY: 2000,
    MAX_BODY_OVERHEAD: 1_048_576,
    MAX_EMBEDDED_DATA: 262_144,
    MAX_RUN_ARTIFACTS: 1000,
    MAX_TAGS: 50,
    MAX_URL_INPUT: 4096,
    HEARTBEAT_INTERVAL: 15_000,
    HEARTBEAT_TIMEOUT: 45_000,
  });
});
