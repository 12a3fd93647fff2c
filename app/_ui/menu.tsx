"use client";

import { ChevronDown } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { buttonClass } from "./button";

export type MenuItem = { label: string } & ({ run: () => void } | { href: string });

export function Menu({ label, icon, items }: { label: string; icon: ReactNode; items: MenuItem[] }) {
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
  const itemClass = buttonClass("quiet", "w-full justify-start");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only handles Escape and blur events of its content
    <div className="relative" onBlur={handleBlur} onKeyDown={handleKeyDown}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
        className={buttonClass("quiet")}
      >
        {icon}
        {label}
        <ChevronDown aria-hidden className="-mr-0.5 size-3.5 text-faint" />
      </button>
      <ul
        id={list}
        hidden={!open}
        className="absolute right-0 z-20 mt-1 min-w-44 rounded-md border border-edge bg-surface p-1 shadow-lg"
      >
        {items.map((item) => (
          <li key={item.label}>
            {"href" in item ? (
              <a href={item.href} download onClick={close} className={itemClass}>
                {item.label}
              </a>
            ) : (
              <button
                type="button"
                onClick={() => {
                  item.run();
                  close();
                }}
                className={itemClass}
              >
                {item.label}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
