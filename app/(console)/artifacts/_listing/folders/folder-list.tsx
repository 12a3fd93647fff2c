"use client";

import { ChevronRight, Folder } from "lucide-react";
import Link from "next/link";
import type { KeyFolder } from "#contract/collection";
import { pluralize } from "#formats/number";

/** The folders in the folder of a list, above its keys, with the way back up. */
export function FolderList({
  folder,
  folders,
  folderHref,
}: {
  folder: string;
  folders: KeyFolder[];
  folderHref: (folder: string) => string;
}) {
  if (folder === "" && folders.length === 0) return null;
  return (
    <nav aria-label="Folders" className="mb-3 overflow-hidden rounded-lg border bg-surface text-sm">
      {folder !== "" && <Path folder={folder} folderHref={folderHref} />}
      {folders.length > 0 && (
        <ul className="divide-y divide-line">
          {folders.map((each) => (
            <li key={each.folder}>
              <Link
                href={folderHref(each.folder)}
                prefetch={false}
                className="flex min-h-9 items-center gap-2 px-3 py-1 transition-colors hover:bg-hover"
              >
                <Folder aria-hidden className="size-4 shrink-0 text-faint" />
                <span className="min-w-0 truncate font-medium">{each.folder.slice(folder.length)}</span>
                <span className="ml-auto shrink-0 text-faint tabular-nums">{pluralize(each.keys, "artifact")}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}

function Path({ folder, folderHref }: { folder: string; folderHref: (to: string) => string }) {
  const names = folder.slice(0, -1).split("/");
  return (
    <ol className="flex min-h-9 flex-wrap items-center gap-x-1 border-line px-3 py-1 not-only:border-b">
      <li>
        <Link href={folderHref("")} prefetch={false} className="text-soft hover:text-ink">
          All folders
        </Link>
      </li>
      {names.map((name, at) => {
        const to = `${names.slice(0, at + 1).join("/")}/`;
        return (
          <li key={to} className="flex min-w-0 items-center gap-1">
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
            {to === folder ? (
              <span aria-current="location" className="min-w-0 truncate font-medium">
                {name}
              </span>
            ) : (
              <Link href={folderHref(to)} prefetch={false} className="min-w-0 truncate text-soft hover:text-ink">
                {name}
              </Link>
            )}
          </li>
        );
      })}
    </ol>
  );
}
