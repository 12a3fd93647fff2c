/** `ignored` in responses of a server without API keys to requests with one. */
export const KEY_HEADER = "x-vitrine-api-key";
