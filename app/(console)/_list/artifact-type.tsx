import {
  Braces,
  CircleGauge,
  File,
  FileText,
  Folder,
  Image as ImageIcon,
  Link2,
  type LucideIcon,
  Shapes,
  Table2,
} from "lucide-react";

export const KNOWN_TYPES = ["markdown", "table", "link", "image", "progress"] as const;

const TYPES: Record<string, { icon: LucideIcon; name: string }> = {
  markdown: { icon: FileText, name: "Markdown" },
  table: { icon: Table2, name: "Table" },
  link: { icon: Link2, name: "Link" },
  image: { icon: ImageIcon, name: "Image" },
  progress: { icon: CircleGauge, name: "Progress" },
  json: { icon: Braces, name: "JSON" },
  file: { icon: File, name: "File" },
  files: { icon: Folder, name: "Folder" },
};

export function typeName(type: string | null): string {
  if (type === null) return "No type";
  return (Object.hasOwn(TYPES, type) && TYPES[type]?.name) || type;
}

export function TypeIcon({ type, className = "size-4" }: { type: string | null; className?: string }) {
  const Icon = (type !== null && Object.hasOwn(TYPES, type) && TYPES[type]?.icon) || (type === null ? Braces : Shapes);
  return <Icon aria-hidden strokeWidth={1.75} className={`shrink-0 text-faint ${className}`} />;
}

export function TypeLabel({ type }: { type: string | null }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-soft">
      <TypeIcon type={type} className="size-3.5" />
      <span className="truncate">{typeName(type)}</span>
    </span>
  );
}
