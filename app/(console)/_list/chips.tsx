import { Tag } from "lucide-react";

/** A label of a version. */
export function LabelChip({ label }: { label: string }) {
  return (
    <span className="inline-flex min-w-0 max-w-40 items-center gap-1 rounded-full border border-edge px-1.5 font-normal text-soft text-xs leading-4.5">
      <Tag aria-hidden className="size-3 shrink-0 text-faint" />
      <span className="sr-only">label </span>
      <span className="truncate">{label}</span>
    </span>
  );
}

/** A tag of a key or a version. */
export function TagChip({ tag }: { tag: string }) {
  return (
    <span className="inline-block min-w-0 max-w-40 truncate rounded border border-line bg-surface px-1.5 font-normal text-soft text-xs leading-4.5">
      <span className="sr-only">tag </span>
      {tag}
    </span>
  );
}

const MOST = 3;

/** The first labels and tags of a row; how many more there are, with their names as a tooltip. */
export function Chips({
  labels = [],
  tags,
  className = "",
}: {
  labels?: string[];
  tags: string[];
  className?: string;
}) {
  const hidden = [...labels, ...tags].slice(MOST);
  if (labels.length + tags.length === 0) return null;
  return (
    <span className={`min-w-0 items-center gap-1 overflow-hidden ${className}`}>
      {labels.slice(0, MOST).map((label) => (
        <LabelChip key={label} label={label} />
      ))}
      {tags.slice(0, Math.max(0, MOST - labels.length)).map((tag) => (
        <TagChip key={tag} tag={tag} />
      ))}
      {hidden.length > 0 && (
        <span title={hidden.join(", ")} className="shrink-0 text-faint text-xs tabular-nums">
          +{hidden.length}
          <span className="sr-only"> more</span>
        </span>
      )}
    </span>
  );
}
