"use client";

import { ChevronDown } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { buttonClass } from "./button";

/** An item runs something or downloads `href`. `hint` is its shortcut. */
export type MenuItem = { label: string; icon?: ReactNode; hint?: string; danger?: boolean } & (
  | { run: () => void }
  | { href: string }
);

/** A button with a menu below it. With `compact` the label is for screen readers only, and on a phone in any case. */
export function Menu({
  label,
  icon,
  items,
  look = "quiet",
  compact = false,
  alignOnPhone = "right",
}: {
  label: string;
  icon: ReactNode;
  items: MenuItem[];
  look?: "plain" | "quiet";
  compact?: boolean;
  /** The side of the button that the menu is aligned with on a phone; elsewhere the right. */
  alignOnPhone?: "left" | "right";
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const handleBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only handles Escape and blur events of its content
    <div className="relative" onBlur={handleBlur} onKeyDown={handleKeyDown}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={list}
        title={compact ? label : undefined}
        onClick={() => setOpen(!open)}
        className={buttonClass(look, compact ? "w-8 px-0!" : "")}
      >
        {icon}
        <span className={compact ? "sr-only" : "max-sm:sr-only"}>{label}</span>
        {!compact && <ChevronDown aria-hidden className="-mr-0.5 size-3.5 text-faint" />}
      </button>
      <ul
        id={list}
        hidden={!open}
        className={`absolute right-0 z-20 mt-1 min-w-48 rounded-md border border-edge bg-surface p-1 shadow-lg ${alignOnPhone === "left" ? "max-sm:right-auto max-sm:left-0" : ""}`}
      >
        {items.map((item) => (
          <li key={item.label}>
            {"href" in item ? (
              <a href={item.href} download onClick={close} className={itemClass(item)}>
                <ItemContent {...item} />
              </a>
            ) : (
              <button
                type="button"
                aria-keyshortcuts={item.hint}
                onClick={() => {
                  close();
                  item.run();
                }}
                className={itemClass(item)}
              >
                <ItemContent {...item} />
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function itemClass({ danger }: MenuItem): string {
  return `${buttonClass("quiet", "w-full justify-start")} ${danger ? "text-danger! hover:bg-danger-wash!" : ""}`;
}

function ItemContent({ label, icon, hint }: MenuItem) {
  return (
    <>
      {icon}
      {label}
      {hint && (
        <span aria-hidden className="ml-auto pl-6 font-normal text-faint text-xs">
          {hint}
        </span>
      )}
    </>
  );
}
