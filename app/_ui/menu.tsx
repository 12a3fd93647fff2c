"use client";

import { ChevronDown } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { buttonClass } from "./button";
import { lazyPart } from "./popup/lazy-part";
import type { MenuEntry } from "./popup/menu-popup";
import { usePopup } from "./popup/use-popup";
import { toastLoadError } from "./toast";

/** An item runs something or downloads `href`. `hint` is its shortcut. */
export type MenuItem = MenuEntry;

const POPUP = lazyPart(() => import("./popup/menu-popup").then(({ MenuPopup }) => MenuPopup));

/** A button with a menu below it. With `compact` the label is for screen readers only, and on a phone in any case. */
export function Menu({
  label,
  icon,
  items,
  look = "quiet",
  compact = false,
}: {
  label: string;
  icon: ReactNode;
  items: MenuItem[];
  look?: "plain" | "quiet";
  compact?: boolean;
}) {
  const { opened, open, handleClose, buttonProps, button, id, component: Popup } = usePopup(POPUP, toastLoadError);
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? "first" : "last");
  };
  return (
    <>
      <button
        type="button"
        {...buttonProps}
        aria-haspopup="menu"
        title={compact ? label : undefined}
        onKeyDown={handleKeyDown}
        className={buttonClass(look, compact ? "w-8 px-0!" : "")}
      >
        {icon}
        <span className={compact ? "sr-only" : "max-sm:sr-only"}>{label}</span>
        {!compact && <ChevronDown aria-hidden className="-mr-0.5 size-3.5 text-faint" />}
      </button>
      {opened && Popup && (
        <Popup id={id} label={label} items={items} anchor={button} focus={opened.focus} onClose={handleClose} />
      )}
    </>
  );
}
