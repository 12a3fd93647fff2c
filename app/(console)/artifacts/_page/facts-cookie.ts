/** Holds `hidden` where the reader hid the facts beside an artifact, so that the server's first paint already has it. */
export const FACTS_COOKIE = "artifact-facts";
