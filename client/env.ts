/** A variable of the process's environment; absent in a browser, and where it is empty. */
export function variable(name: "VITRINE_URL" | "VITRINE_API_KEY"): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}
