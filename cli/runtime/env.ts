/** What the environment says to a command, beside what the client reads of it; an empty variable counts as absent. */
export interface CliEnv {
  /** The editor that `edit` opens. */
  editor: string | undefined;
  /** The browser that `open` starts instead of the system's. */
  browser: string | undefined;
  /** Whether npm or npx started us. */
  underNpm: boolean;
  /** What Prefect's own clients prove themselves with: `user:password`. */
  prefectAuth: string | undefined;
  /** Whether the user wants no colours. */
  noColor: boolean;
}

/** Reads the environment of this process. */
export function readEnv(): CliEnv {
  const { VISUAL, EDITOR, BROWSER, NO_COLOR, PREFECT_API_AUTH_STRING, npm_lifecycle_event } = process.env;
  return {
    editor: VISUAL?.trim() || EDITOR?.trim() || undefined,
    browser: BROWSER?.trim() || undefined,
    prefectAuth: PREFECT_API_AUTH_STRING?.trim() || undefined,
    underNpm: npm_lifecycle_event !== undefined,
    noColor: Boolean(NO_COLOR),
  };
}

/** Hands what was given to `serve` on to the server, which reads its environment when it is loaded. */
export function setServerEnv(given: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(given)) if (value !== undefined) process.env[name] = value;
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
}
