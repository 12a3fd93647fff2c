"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import type { Theme } from "./theme";
import { currentTheme, setTheme, subscribeToTheme } from "./theme-choice";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const NEXT = { system: "light", light: "dark", dark: "system" } as const;

export function ThemeButton({ initial }: { initial: Theme }) {
  const theme = useSyncExternalStore(subscribeToTheme, currentTheme, () => initial);
  const Icon = ICONS[theme];
  const next = NEXT[theme];
  return (
    <button
      type="button"
      onClick={() => setTheme(next)}
      aria-label={`Theme: ${theme}. Switch to ${next}`}
      title={`Theme: ${theme}`}
      className="inline-flex size-8 items-center justify-center rounded-md text-soft transition-colors hover:bg-hover hover:text-ink"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
