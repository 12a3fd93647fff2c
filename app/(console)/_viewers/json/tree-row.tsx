// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
import { ChevronRight } from "lucide-react";
import { type JsonIndex, kindOf, nameOf, sourceOf, textOf } from "#formats/json-index";
import { withLetters } from "#formats/json-text";
import { pluralize } from "#formats/number";

/** Lengths in bytes at which a value, and the preview of a collapsed one, are cut. */
const MAX_VALUE = 200;
const MAX_PREVIEW = 80;
const COLOUR = {
  text: "text-good",
  number: "text-warn",
  boolean: "text-warn",
  null: "text-faint",
  object: "",
  list: "",
};

/** One value of a tree: its key or index, and its content, or its size and a preview for an object or list. */
export function TreeRow({
  id,
  index,
  value,
  position,
  depth,
  expanded,
  active,
  height,
  top,
  onClick,
}: {
  id: string;
  index: JsonIndex;
  value: number;
  position: number;
  depth: number;
  expanded: boolean;
  active: boolean;
  height: number;
  /** The distance from the top in pixels; null in normal flow. */
  top: number | null;
  onClick: () => void;
}) {
  const kind = kindOf(index, value);
  const size = index.size[value] ?? 0;
  const isContainer = kind === "object" || kind === "list";
  const isExpandable = isContainer && size > 0;
  const name = nameOf(index, value);
  const label = name ?? (depth > 0 ? `${position}` : null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all rows
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isExpandable ? expanded : undefined}
      aria-selected={active}
      onClick={onClick}
      className={`flex scroll-mt-28 scroll-mb-4 items-center whitespace-pre rounded pr-3 ${top === null ? "" : "absolute top-0 min-w-full"} ${
        active ? "bg-wash" : "hover:bg-hover"
      } ${isExpandable ? "cursor-pointer" : ""}`}
      style={{ height, paddingLeft: 4 + depth * 18, transform: top === null ? undefined : `translateY(${top}px)` }}
    >
      <ChevronRight
        aria-hidden
        className={`mr-0.5 size-4 shrink-0 text-faint transition-transform ${expanded ? "rotate-90" : ""} ${isExpandable ? "" : "invisible"}`}
      />
      {label !== null && (
        <>
          <span className={name === null ? "text-faint" : "text-accent"}>{label || '""'}</span>
          <span className="text-faint">: </span>
        </>
      )}
      {isContainer ? (
        <span className="text-faint">
          {kind === "list" ? `[ ${pluralize(size, "item")} ]` : `{ ${pluralize(size, "key")} }`}
          {!expanded && size > 0 && (
            <span className="ml-2">{excerpt(index, value, MAX_PREVIEW).replace(/\s+/g, " ")}</span>
          )}
        </span>
      ) : (
        <span className={COLOUR[kind]}>{excerpt(index, value, MAX_VALUE)}</span>
      )}
    </div>
  );
}

/** The start of a value in one line: a string with its letters in quotes, others as JSON with letters for escapes. */
function excerpt(index: JsonIndex, value: number, maxBytes: number): string {
  const size = (index.to[value] ?? 0) - (index.from[value] ?? 0);
  const ellipsis = size > maxBytes ? "…" : "";
  if (kindOf(index, value) === "text") {
    const text = textOf(index, value, maxBytes).replace(/\r\n?|\n/g, "⏎");
    return `"${text}${ellipsis || '"'}`;
  }
  return withLetters(sourceOf(index, value, maxBytes)) + ellipsis;
}
