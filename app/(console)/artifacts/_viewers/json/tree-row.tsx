// biome-ignore-all lint/a11y/useFocusableInteractive: the tree holds the focus, and names what is active in it
import { ChevronRight } from "lucide-react";
import { type JsonIndex, kindOf, nameOf, sourceOf } from "#formats/json-index";
import { pluralize } from "#formats/number";

const MOST = 200;
const GLIMPSE = 80;
const TONE = { text: "text-good", number: "text-warn", boolean: "text-warn", null: "text-faint", object: "", list: "" };

/** One value in a tree: its name or place, and what it is; of a list or an object how much, and a glimpse where it is closed. */
export function TreeRow({
  id,
  index,
  value,
  place,
  depth,
  open,
  active,
  height,
  top,
  onPress,
}: {
  id: string;
  index: JsonIndex;
  value: number;
  place: number;
  depth: number;
  open: boolean;
  active: boolean;
  height: number;
  /** Its distance from the top, or null where rows simply follow each other. */
  top: number | null;
  onPress: () => void;
}) {
  const kind = kindOf(index, value);
  const size = index.size[value] ?? 0;
  const nested = kind === "object" || kind === "list";
  const name = nameOf(index, value);
  const label = name ?? (depth > 0 ? `${place}` : null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for all of its rows
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={nested && size > 0 ? open : undefined}
      aria-selected={active}
      onClick={onPress}
      className={`flex items-center whitespace-pre rounded pr-3 ${top === null ? "" : "absolute top-0 min-w-full"} ${
        active ? "bg-wash" : "hover:bg-hover"
      } ${nested && size > 0 ? "cursor-pointer" : ""}`}
      style={{ height, paddingLeft: 4 + depth * 18, transform: top === null ? undefined : `translateY(${top}px)` }}
    >
      <ChevronRight
        aria-hidden
        className={`mr-0.5 size-4 shrink-0 text-faint transition-transform ${open ? "rotate-90" : ""} ${nested && size > 0 ? "" : "invisible"}`}
      />
      {label !== null && (
        <>
          <span className={name === null ? "text-faint" : "text-accent"}>{label || '""'}</span>
          <span className="text-faint">: </span>
        </>
      )}
      {nested ? (
        <span className="text-faint">
          {kind === "list" ? `[ ${pluralize(size, "item")} ]` : `{ ${pluralize(size, "member")} }`}
          {!open && size > 0 && <span className="ml-2">{cut(index, value, GLIMPSE).replace(/\s+/g, " ")}</span>}
        </span>
      ) : (
        <span className={TONE[kind]}>{cut(index, value, MOST)}</span>
      )}
    </div>
  );
}

function cut(index: JsonIndex, value: number, most: number): string {
  const source = sourceOf(index, value, most);
  const bytes = (index.to[value] ?? 0) - (index.from[value] ?? 0);
  return bytes > most ? `${source.replace(/\ufffd$/, "")}…` : source;
}
