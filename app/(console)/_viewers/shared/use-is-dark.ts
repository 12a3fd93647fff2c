import { useSyncExternalStore } from "react";
import { useMedia } from "#app/_ui/media";
import { currentTheme, subscribeToTheme } from "#app/_ui/theme/theme-choice";

/** Whether the page is dark, by its theme or, without one, by the device. For what cannot use the page's style sheet. */
export function useIsDark(): boolean {
  const theme = useSyncExternalStore(subscribeToTheme, currentTheme, () => "system" as const);
  const isDeviceDark = useMedia("(prefers-color-scheme: dark)", false);
  return theme === "system" ? isDeviceDark : theme === "dark";
}
