"use client";

import { ChevronDown } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { buttonClass } from "./button";

/** What a menu offers: something to do, or a file to download. */
export type MenuItem = { label: string } & ({ run: () => void } | { href: string });

/** A button that opens a few choices below it. They close when one is made, on Escape, and when the focus leaves. */
export function Menu({ label, icon, items }: { label: string; icon: ReactNode; items: MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    close();
  };
  const choice = buttonClass("quiet", "w-full justify-start");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for Escape and a leaving focus of what is in it
    <div className="relative" onBlur={leave} onKeyDown={press}>
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
              <a href={item.href} download onClick={close} className={choice}>
                {item.label}
              </a>
            ) : (
              <button
                type="button"
                onClick={() => {
                  item.run();
                  close();
                }}
                className={choice}
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
