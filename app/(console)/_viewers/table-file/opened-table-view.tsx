"use client";

import type { ReactNode } from "react";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import { FILE } from "#contract/file-type";
import type { ListedFile } from "#formats/files/file-list";
import { DataError, DataLoading } from "../shared/data-status";
import { TableView } from "../table/table-view";
import type { OpenedTable, TableSource } from "../tabular/opened";
import { useOpenedTable } from "./use-opened-table";

/** What is shown of a file: one with a table. */
export interface TableFileProps {
  artifact: Artifact;
  file: ListedFile;
  url: string;
}

/** The table in a file, with what is said about it above; `fallback` where it was read and has none. */
export function OpenedTableView({
  artifact,
  file,
  source,
  head,
  fallback,
}: {
  artifact: Artifact;
  file: ListedFile;
  source: TableSource;
  head?: (opened: OpenedTable, isOpening: boolean) => ReactNode;
  fallback?: (problem: string) => ReactNode;
}) {
  const { opened, reader, error, isOther, progress, isOpening, onRetry } = useOpenedTable(source);
  if (error !== null && !isOpening) {
    return (isOther && fallback?.(error)) || <DataError problem={error} onRetry={onRetry} />;
  }
  if (!opened || !reader) return <DataLoading size={file.size} progress={progress} />;
  return (
    <div className="space-y-3" aria-busy={isOpening}>
      {head?.(opened, isOpening)}
      {opened.notes.length > 0 && (
        <Notice>
          {opened.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <TableView
        artifact={tableArtifact(artifact, file)}
        table={opened.table}
        columns={opened.columns}
        reader={reader}
        tools={reader}
        hasHistory={false}
      />
    </div>
  );
}

/** The only file of a version offers its rows to the download menu, and others are apart. */
function tableArtifact(artifact: Artifact, { path }: ListedFile): Artifact {
  if (artifact.type === FILE) return artifact;
  return { ...artifact, id: `${artifact.id}/${path}`, key: `${artifact.key ?? artifact.id}/${path}` };
}
