import { Search } from "lucide-react";
import { useRef } from "react";
import { TextField } from "#app/_ui/field";
import { useShortcuts } from "#app/_ui/shortcut";

/** The field that searches a list by a part of the key; `/` focuses it. `scope` names the list among the shortcuts. */
export function KeySearch({
  name,
  value,
  onSearch,
  scope,
}: {
  name: string;
  value: string;
  onSearch: (text: string) => void;
  scope: string;
}) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": { label: "Search by key", run: () => field.current?.select() } }, scope);
  return (
    <div className="relative min-w-48 flex-1 basis-full sm:max-w-80 sm:basis-auto">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <TextField
        ref={field}
        type="search"
        name={name}
        aria-label="Key contains"
        aria-keyshortcuts="/"
        placeholder="Key contains…"
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={value}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // By default, Escape clears a search field.
          event.preventDefault();
          event.currentTarget.blur();
        }}
        className="w-full pl-8"
      />
    </div>
  );
}
