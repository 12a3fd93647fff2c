import {
  File,
  FileArchive,
  FileBraces,
  FileCode,
  FileHeadphone,
  FileImage,
  FilePlay,
  FileSpreadsheet,
  FileText,
  Folder,
  FolderOpen,
  type LucideIcon,
} from "lucide-react";
import { languageOf } from "../code/language";

const ICONS: [RegExp, LucideIcon][] = [
  [/^image\//, FileImage],
  [/^audio\//, FileHeadphone],
  [/^video\//, FilePlay],
  [/csv|tab-separated|spreadsheet|excel|parquet|arrow/, FileSpreadsheet],
  [/json/, FileBraces],
  [/zip|tar|zstd/, FileArchive],
  [/^text\/(?:markdown|plain)|pdf|word/, FileText],
];

export function FileIcon({ path, mediaType }: { path: string; mediaType: string }) {
  const known = ICONS.find(([types]) => types.test(mediaType))?.[1];
  const isCode = known === undefined && languageOf({ type: null, key: path, metadata: null }) !== null;
  const Icon = known ?? (isCode ? FileCode : File);
  return <Icon aria-hidden strokeWidth={1.75} className="size-4 shrink-0 text-faint" />;
}

export function FolderIcon({ isExpanded }: { isExpanded: boolean }) {
  const Icon = isExpanded ? FolderOpen : Folder;
  return <Icon aria-hidden strokeWidth={1.75} className="size-4 shrink-0 text-accent" />;
}
