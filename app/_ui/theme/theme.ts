/** `system` follows the device. */
export type Theme = "system" | "light" | "dark";

/** Stores the choice in a cookie, so that the server's first paint already has it. */
export const THEME_COOKIE = "theme";

export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
