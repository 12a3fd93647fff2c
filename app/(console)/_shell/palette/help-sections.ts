import type { ShortcutSection } from "#app/_ui/shortcut";

/** The key that searches, which who looks for help needs first. */
const SEARCH = "/";

/**
 * The shortcuts that match a text by their label, keys or section, with the search first. A section that matches by its name
 * is whole.
 */
export function helpSections(active: ShortcutSection[], text: string): ShortcutSection[] {
  const wanted = text.trim().toLowerCase();
  const matches = (value: string) => value.toLowerCase().includes(wanted);
  return active
    .map(({ section, shortcuts }) => ({
      section,
      shortcuts: shortcuts
        .filter(([key, { label }]) => matches(section) || matches(label) || key.toLowerCase() === wanted)
        .sort(([one], [other]) => Number(other === SEARCH) - Number(one === SEARCH)),
    }))
    .filter(({ shortcuts }) => shortcuts.length > 0)
    .sort((one, other) => Number(hasSearch(other)) - Number(hasSearch(one)));
}

const hasSearch = ({ shortcuts }: ShortcutSection) => shortcuts.some(([key]) => key === SEARCH);
