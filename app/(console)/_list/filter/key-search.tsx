import { Search } from "lucide-react";
import { TextField } from "#app/_ui/field";

/**
 * The field that searches a list by a part of the key, or of what `label` says. Enter and the down arrow go to the list.
 */
export function KeySearch({
  name,
  label = "Key contains",
  value,
  onSearch,
  onLeave,
}: {
  name: string;
  label?: string;
  value: string;
  onSearch: (text: string) => void;
  onLeave?: () => void;
}) {
  return (
    <div className="relative min-w-48 flex-1 basis-48 sm:max-w-80 sm:basis-auto">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <TextField
        type="search"
        name={name}
        aria-label={label}
        placeholder={`${label}…`}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={value}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (onLeave && (event.key === "ArrowDown" || event.key === "Enter") && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onLeave();
          }
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
