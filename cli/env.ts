/** What the environment says to a command; an empty variable counts as absent. Nothing else of it is read. */
export interface CliEnv {
  url: string | undefined;
  apiKey: string | undefined;
  /** The editor that `edit` opens. */
  editor: string | undefined;
  /** Whether the user wants no colours. */
  noColor: boolean;
}

/** Reads the environment of this process. */
export function cliEnv(): CliEnv {
  const { VITRINE_URL, VITRINE_API_KEY, VISUAL, EDITOR, NO_COLOR } = process.env;
  return {
    url: VITRINE_URL?.trim() || undefined,
    apiKey: VITRINE_API_KEY?.trim() || undefined,
    editor: VISUAL?.trim() || EDITOR?.trim() || undefined,
    noColor: Boolean(NO_COLOR),
  };
}

/** Hands what was given to `serve` on to the server, which reads its environment when it is loaded. */
export function serverEnv(given: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(given)) if (value !== undefined) process.env[name] = value;
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
}
