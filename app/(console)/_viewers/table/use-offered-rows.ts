import { useEffect } from "react";
import { toast } from "#app/_ui/toast";
import type { Artifact } from "#contract/artifact";
import { BYTE_ORDER_MARK } from "#formats/csv";
import { fileNameOf } from "#formats/file-name";
import type { Table } from "#formats/table";
import { exportRows } from "./export-rows";
import { NO_QUERY, type RowQuery } from "./query/row-query";
import { offerShownRows } from "./shown-rows";
import type { TableReader } from "./table-props";

/** Offers the rows that a query shows to the download menu of the artifact. */
export function useOfferedRows(
  artifact: Artifact,
  table: Table,
  order: Uint32Array,
  reader: TableReader | null,
  query: RowQuery,
): void {
  const name = fileNameOf(artifact);
  const { id } = artifact;
  useEffect(() => {
    if (query === NO_QUERY) return;
    const download = (format: "csv" | "json") => {
      const exported = reader ? reader.export(order, format) : Promise.resolve(exportRows(table, order, format));
      exported.then(
        (blob) => downloadFile(format === "csv" ? new Blob([BYTE_ORDER_MARK, blob]) : blob, `${name}.${format}`),
        () => toast("Couldn't create the file", { tone: "danger" }),
      );
    };
    return offerShownRows(id, { count: order.length, download });
  }, [id, name, table, order, reader, query]);
}

function downloadFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads the URL only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
