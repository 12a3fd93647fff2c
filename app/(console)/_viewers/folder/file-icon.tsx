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
import { languageOf } from "#formats/files/language";

/** With the colours of types of artifacts that hold the same. */
const ICONS: [types: RegExp, Icon: LucideIcon, colour: string][] = [
  [/^image\//, FileImage, "text-kind-image"],
  [/^audio\//, FileHeadphone, "text-kind-image"],
  [/^video\//, FilePlay, "text-kind-image"],
  [/csv|tab-separated|spreadsheet|excel|parquet|arrow/, FileSpreadsheet, "text-kind-table"],
  [/json/, FileBraces, "text-kind-table"],
  [/zip|tar|zstd/, FileArchive, "text-faint"],
  [/^text\/(?:markdown|plain)|pdf|word/, FileText, "text-kind-text"],
];

export function FileIcon({ path, mediaType }: { path: string; mediaType: string }) {
  const known = ICONS.find(([types]) => types.test(mediaType));
  const isCode = known === undefined && languageOf({ type: null, key: path, metadata: null }) !== null;
  const [, Icon, colour] = known ?? (isCode ? [null, FileCode, "text-kind-text"] : [null, File, "text-faint"]);
  return <Icon aria-hidden strokeWidth={1.75} className={`size-4 shrink-0 ${colour}`} />;
}

export function FolderIcon({ isExpanded }: { isExpanded: boolean }) {
  const Icon = isExpanded ? FolderOpen : Folder;
  return <Icon aria-hidden strokeWidth={1.75} className="size-4 shrink-0 text-accent" />;
}
