"use client";

import { Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { loadCode } from "#app/_data/connection";
import { Kbd } from "#app/_ui/kbd";
import { useShortcuts } from "#app/_ui/shortcut";

const PaletteDialog = lazy(() =>
  loadCode(() => import("./palette-dialog")).then((module) => ({ default: module.PaletteDialog })),
);
const ShortcutHelp = lazy(() =>
  loadCode(() => import("./shortcut-help")).then((module) => ({ default: module.ShortcutHelp })),
);

const LABEL = "Search artifacts, flows, runs and commands";
const KEY_PAGE = /^\/artifacts\/key\/(.+)$/;

const subscribeToNothing = () => () => {};

export function Palette() {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const close = () => setOpen(null);
  const modifier = useSyncExternalStore(
    subscribeToNothing,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
  useShortcuts(
    {
      "/": { label: "Search", run: () => setOpen("palette") },
      [`${modifier} K`]: { label: "Search" },
      "?": { label: "Keyboard shortcuts", run: () => setOpen("help") },
    },
    "Everywhere",
  );
  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((current) => (current === "palette" ? null : "palette"));
    };
    document.addEventListener("keydown", handleKeyDown);
    return () => document.removeEventListener("keydown", handleKeyDown);
  }, []);

  const key = KEY_PAGE.exec(usePathname())?.[1];
  useEffect(() => {
    const page = { kind: "key" as const, label: decodeURIComponent(key ?? ""), href: `/artifacts/key/${key}` };
    if (key) import("./recent").then(({ addRecentPage }) => addRecentPage(page));
  }, [key]);

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen("palette")}
        aria-label={LABEL}
        aria-keyshortcuts="/ Control+K Meta+K"
        className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-faint text-sm transition-colors hover:bg-hover hover:text-ink sm:w-52 sm:border sm:border-edge sm:bg-surface"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-sm:hidden">Search…</span>
        <span aria-hidden className="ml-auto flex gap-0.5 max-sm:hidden">
          <Kbd name={modifier} />
          <Kbd name="K" />
        </span>
      </button>
      <Suspense>
        {open === "palette" && <PaletteDialog onClose={close} />}
        {open === "help" && <ShortcutHelp onClose={close} />}
      </Suspense>
    </>
  );
}
