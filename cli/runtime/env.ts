/** The environment variables of commands, besides those that the client reads. Empty variables count as unset. */
export interface CliEnv {
  editor: string | undefined;
  browser: string | undefined;
  underNpm: boolean;
  /** PREFECT_API_AUTH_STRING: `user:password`. */
  prefectAuth: string | undefined;
  noColor: boolean;
}

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

/** Sets the environment that the server reads when it is loaded; undefined leaves a variable as it is. */
export function setServerEnv(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) process.env[name] = value;
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
}
