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
  if (labels.length + tags.length === 0) return null;
  const names = [...labels.map((name) => ({ name, isLabel: true })), ...tags.map((name) => ({ name, isLabel: false }))];
  // A label takes more room.
  const most = labels.length > 0 ? MOST - 1 : MOST;
  const hidden = names.slice(most).map(({ name }) => name);
  return (
    <span className={`min-w-0 items-center gap-1 overflow-hidden ${className}`}>
      {names.slice(0, most).map(({ name, isLabel }) => (
        <span key={`${isLabel} ${name}`} className={`flex ${isLabel ? "shrink-0" : "min-w-8"}`}>
          {isLabel ? <LabelChip label={name} /> : <TagChip tag={name} />}
        </span>
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
