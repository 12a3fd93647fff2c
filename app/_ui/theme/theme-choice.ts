import { keepChoice } from "../cookie";
import { parseTheme, THEME_COOKIE, type Theme } from "./theme";

const listeners = new Set<() => void>();

/** Calls a listener after each choice, until it is unsubscribed. */
export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The theme of the page. */
export function currentTheme(): Theme {
  return parseTheme(document.documentElement.dataset.theme);
}

/** Changes the theme of this page and of those to come. */
export function setTheme(theme: Theme): void {
  keepChoice(THEME_COOKIE, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const each of listeners) each();
}
