import {
  Braces,
  CircleGauge,
  FileText,
  Image as ImageIcon,
  Link2,
  type LucideIcon,
  Shapes,
  Table2,
} from "lucide-react";

/** The types that have a renderer of their own, in the order in which they are offered. */
export const KNOWN_TYPES = ["markdown", "table", "link", "image", "progress"] as const;

const LOOK: Record<string, { icon: LucideIcon; word: string }> = {
  markdown: { icon: FileText, word: "Markdown" },
  table: { icon: Table2, word: "Table" },
  link: { icon: Link2, word: "Link" },
  image: { icon: ImageIcon, word: "Image" },
  progress: { icon: CircleGauge, word: "Progress" },
  json: { icon: Braces, word: "JSON" },
};

/** A type as people read it; one of its own naming stays as it was named. */
export function typeName(type: string | null): string {
  if (type === null) return "No type";
  return (Object.hasOwn(LOOK, type) && LOOK[type]?.word) || type;
}

/** The sign of a type; the word stands beside it or in its label. */
export function TypeIcon({ type, className = "size-4" }: { type: string | null; className?: string }) {
  const Icon = (type !== null && Object.hasOwn(LOOK, type) && LOOK[type]?.icon) || (type === null ? Braces : Shapes);
  return <Icon aria-hidden strokeWidth={1.75} className={`shrink-0 text-faint ${className}`} />;
}

/** The sign and the word of a type. */
export function TypeLabel({ type }: { type: string | null }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-soft">
      <TypeIcon type={type} className="size-3.5" />
      <span className="truncate">{typeName(type)}</span>
    </span>
  );
}
