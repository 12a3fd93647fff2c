/**
 * Limits that more than one side of the program relies on. Without imports, so that browser code can load them.
 * Sizes are in bytes unless another unit is named.
 */

/** The most rows that one response holds. */
export const MAX_LIMIT = 200;

/** The most values in a list of a filter, and the most rows of one bulk call. */
export const MAX_LIST = 1000;

/** The most rows that one import takes. */
export const MAX_IMPORT = 500;

/** The most characters of a query. */
export const MAX_QUERY = 2_000;

/** The most calls in one HTTP request. */
export const MAX_BATCH = 20;

/** The deepest nesting of objects and lists in any JSON. */
export const MAX_JSON_DEPTH = 200;

/** The most tags of a key, and of a version. */
export const MAX_TAGS = 50;

/** What a label can be named: `latest` too, which cannot be set. */
export const LABEL_NAME = /^[a-z][a-z0-9-]{0,63}$/;

export const MAX_DESCRIPTION = 64 * 1024;

/** The size of metadata as JSON. */
export const MAX_METADATA = 64 * 1024;

/** What a request body may hold beside the artifact data in it. */
export const MAX_BODY_OVERHEAD = 1024 * 1024;

/** The largest data that a page embeds; a browser fetches larger data by its own request. */
export const MAX_EMBEDDED_DATA = 256 * 1024;

/** A query whose input has more characters is sent by POST. */
export const MAX_URL_INPUT = 4096;

/** The interval, in milliseconds, at which an idle stream sends a sign of life. */
export const HEARTBEAT_INTERVAL = 15_000;

/** A stream that was silent for so many milliseconds is broken: its reader reconnects. */
export const HEARTBEAT_TIMEOUT = 3 * HEARTBEAT_INTERVAL;

/** The artifacts of one run are counted up to this number and one beyond it. */
export const MAX_RUN_ARTIFACTS = 1000;

/** The most files of an artifact of the type `files`. */
export const MAX_FILES = 10_000;
