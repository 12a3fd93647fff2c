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
