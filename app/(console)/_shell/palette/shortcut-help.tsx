"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { TextField } from "#app/_ui/field";
import { Kbd } from "#app/_ui/kbd";
import { Modal } from "#app/_ui/modal";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { activeShortcuts, type ShortcutSection } from "#app/_ui/shortcut";

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const [active] = useState(activeShortcuts);
  const [text, setText] = useState("");
  const sections = helpSections(active, text);
  return (
    <Modal label="Keyboard shortcuts" onClose={onClose} className="m-auto w-[min(34rem,calc(100vw-2rem))] rounded-xl">
      <div className="flex items-center border-b py-2 pr-2 pl-4">
        <h2 className="shrink-0 font-semibold">Keyboard shortcuts</h2>
        <TextField
          aria-label="Search shortcuts"
          placeholder="Search…"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="ml-4 w-0 flex-1"
        />
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="ml-1 inline-flex size-8 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      <p role="status" className={sections.length === 0 ? "px-4 pt-5 text-soft text-sm" : "sr-only"}>
        {sections.length === 0 && `No shortcut for “${text.trim()}”`}
      </p>
      <ScrollRegion
        label="Shortcuts"
        className="grid max-h-[60dvh] gap-x-8 gap-y-5 overflow-y-auto p-4 pb-5 sm:grid-cols-2"
      >
        {sections.map(({ section, shortcuts }) => (
          <section key={section} aria-label={section}>
            <h3 className="mb-2 text-faint text-xs">{section}</h3>
            <dl className="space-y-1.5 text-sm">
              {byLabel(shortcuts).map(([label, keys]) => (
                <div key={label} className="flex items-center gap-3">
                  <dt className="order-2 ml-auto flex gap-2">
                    {keys.map((key) => (
                      <span key={key} className="flex gap-0.5">
                        {key.split(/(?<=.) (?=.)/).map((part) => (
                          <Kbd key={part} name={part} />
                        ))}
                      </span>
                    ))}
                  </dt>
                  <dd>{label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </ScrollRegion>
    </Modal>
  );
}

/** What shortcuts do, each with all keys that do it. */
function byLabel(shortcuts: ShortcutSection["shortcuts"]): [label: string, keys: string[]][] {
  const keysOf = new Map<string, string[]>();
  for (const [key, { label }] of shortcuts) keysOf.set(label, [...(keysOf.get(label) ?? []), key]);
  return [...keysOf];
}

/** The key that searches, which who looks for help needs first. */
const SEARCH = "/";

/**
 * The shortcuts that match a text by their label, keys or section, with the search first. A section that matches by its name
 * is whole.
 */
export function helpSections(active: ShortcutSection[], text: string): ShortcutSection[] {
  const query = text.trim().toLowerCase();
  const matches = (value: string) => value.toLowerCase().includes(query);
  return active
    .map(({ section, shortcuts }) => ({
      section,
      shortcuts: shortcuts
        .filter(([key, { label }]) => matches(section) || matches(label) || key.toLowerCase() === query)
        .sort(([one], [other]) => Number(other === SEARCH) - Number(one === SEARCH)),
    }))
    .filter(({ shortcuts }) => shortcuts.length > 0)
    .sort((one, other) => Number(hasSearch(other)) - Number(hasSearch(one)));
}

const hasSearch = ({ shortcuts }: ShortcutSection) => shortcuts.some(([key]) => key === SEARCH);
