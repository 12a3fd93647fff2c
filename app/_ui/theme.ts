/** The themes a person can choose; `system` follows the device. */
export type Theme = "system" | "light" | "dark";

/** The cookie that keeps the choice, so that the server's first paint already has it. */
export const THEME_COOKIE = "theme";
