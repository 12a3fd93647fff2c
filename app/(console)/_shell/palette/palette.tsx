"use client";

import { Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { Kbd } from "#app/_ui/kbd";
import { useShortcuts } from "#app/_ui/shortcut";

const PaletteBox = lazy(() => import("./palette-box").then((module) => ({ default: module.PaletteBox })));
const ShortcutHelp = lazy(() => import("./shortcut-help").then((module) => ({ default: module.ShortcutHelp })));

/** The keyboard does not change while one looks. */
const never = () => () => {};

const KEY_PAGE = /^\/artifacts\/key\/([^/]+)$/;

/** The way to everything by keyboard: Ctrl K (⌘ K) opens the palette, ? says which keys do what here. */
export function Palette() {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const close = () => setOpen(null);
  const mod = useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
  useShortcuts(
    {
      [`${mod} K`]: { label: "Search keys, runs and actions" },
      "?": { label: "Show what the keys do", run: () => setOpen("help") },
    },
    "Everywhere",
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((now) => (now === "palette" ? null : "palette"));
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const key = KEY_PAGE.exec(usePathname())?.[1];
  useEffect(() => {
    const place = { kind: "key" as const, label: decodeURIComponent(key ?? ""), href: `/artifacts/key/${key}` };
    if (key) import("./recent").then(({ visited }) => visited(place));
  }, [key]);

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen("palette")}
        aria-label="Search keys, runs and actions"
        aria-keyshortcuts="Control+K Meta+K"
        className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-faint text-sm transition-colors hover:bg-hover hover:text-ink sm:w-52 sm:border sm:border-edge sm:bg-surface"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-sm:hidden">Search…</span>
        <span aria-hidden className="ml-auto flex gap-0.5 max-sm:hidden">
          <Kbd name={mod} />
          <Kbd name="K" />
        </span>
      </button>
      <Suspense>
        {open === "palette" && <PaletteBox onClose={close} />}
        {open === "help" && <ShortcutHelp onClose={close} />}
      </Suspense>
    </>
  );
}
