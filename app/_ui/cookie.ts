/** In seconds. */
const YEAR = 365 * 86_400;

/** Keeps a choice of the reader for a year, in a cookie that the server reads; null removes it. */
export function keepChoice(name: string, value: string | null, path = "/"): void {
  const age = value === null ? 0 : YEAR;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs HTTPS, and is not in every browser yet
  document.cookie = `${name}=${value ?? ""}; path=${path}; max-age=${age}; samesite=lax`;
}
