"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { keepChoice } from "../cookie";
import { THEME_COOKIE, type Theme } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const NEXT = { system: "light", light: "dark", dark: "system" } as const;

export function ThemeButton({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState<Theme>(initial);
  const Icon = ICONS[theme];
  const next = NEXT[theme];
  const choose = () => {
    keepChoice(THEME_COOKIE, next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    setTheme(next);
  };
  return (
    <button
      type="button"
      onClick={choose}
      aria-label={`Theme: ${theme}. Switch to ${next}`}
      title={`Theme: ${theme}`}
      className="inline-flex size-8 items-center justify-center rounded-md text-soft transition-colors hover:bg-hover hover:text-ink"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
