"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, GitCompare, Link2, Pin, Tags, Trash2, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { useRole } from "#app/_data/role";
import { Button, buttonClass } from "#app/_ui/button";
import { ReasonButton, requestReason, type Why } from "#app/_ui/confirm";
import { useShortcuts } from "#app/_ui/shortcut";
import { toast } from "#app/_ui/toast";
import { timeOf } from "#contract/list-filter/list-query";
import { whereOf } from "#contract/list-filter/list-where";
import { formatCount, pluralize } from "#formats/number";
import { artifactHref } from "../../_list/artifact-url";
import { rowName } from "../../_list/row-actions";
import type { Selection } from "../../_list/selection/selection";
import { SelectionToolbar } from "../../_list/selection/toolbar";
import { copyLinks } from "../../_shell/copy-link";
import { compareHref } from "../_artifact/compare-url";
import { useTogglePins } from "../_pins/pins";
import { DeleteMatching } from "./delete-matching";
import { downloadZip } from "./download-zip";
import { COUNT_LIMIT, countQuery } from "./queries";
import { keysOf, type ListedRow } from "./row-actions";
import type { View } from "./view";

const TagDialog = dynamic(() => loadCode(() => import("../_tags/tag-dialog")).then((module) => module.TagDialog));

/** The actions on selected rows, which are versions, or keys with all their versions. */
export function SelectionBar({
  selection,
  view,
  rows,
  onDelete,
  onDeleteVersions,
}: {
  selection: Selection;
  view: View;
  rows: ListedRow[];
  onDelete: (ids: string[]) => void;
  /** Deletes versions; the latest ones of keys, so that the ones before are the latest. */
  onDeleteVersions: (ids: string[], why?: Why) => void;
}) {
  const [isDownloading, setDownloading] = useState(false);
  const [isExtended, setExtended] = useState(false);
  const [isTagging, setTagging] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const { mayWrite } = useRole();
  const { ids } = selection;
  const { data: total = 0 } = useQuery(countQuery(useApi(), view, whereOf(view, timeOf(view.asOf))));
  // Rows that are deselected, or arrive, end the selection of all.
  const isAll = isExtended && ids.length === selection.total;
  const deleteSelected = () => (isAll ? setDeleting(true) : onDelete(ids));
  const deleteWithReason = () =>
    requestReason({
      title: `Delete ${pluralize(ids.length, "version")}?`,
      text: `${ids.length === 1 ? "It" : "They"} will move to the trash.`,
      confirm: "Delete",
      run: (why) => onDeleteVersions(ids, why),
    });
  useShortcuts({ "#": mayWrite ? { label: "Delete", when: () => isAll, run: deleteSelected } : undefined }, "List");
  const selected = rows.filter(({ id }) => selection.has(id));
  const revertible = !mayWrite ? [] : keysOf(rows, ids).filter(({ versions }) => versions > 1);
  const pins = useTogglePins();
  const keys = keysOf(rows, ids).map(({ key }) => key);
  const pinLabel = pins.labelOf(keys);
  const [older, newer] = selected.toSorted((a, b) => (a.created < b.created ? -1 : 1));
  const download = async () => {
    setDownloading(true);
    const problem = await downloadZip(selected);
    setDownloading(false);
    if (problem) toast(problem, { tone: "danger" });
  };
  const beyond = {
    total: total > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+` : formatCount(total),
    isSelected: isAll,
    onSelect: () => setExtended(true),
  };
  const onePage = (
    <>
      {older && newer && selected.length === 2 && (
        <Link href={compareHref(newer.id, older.id)} prefetch={false} className={buttonClass()}>
          <GitCompare aria-hidden className="size-3.5" />
          Compare
        </Link>
      )}
      <Button onClick={download} disabled={isDownloading}>
        <Download aria-hidden className="size-3.5" />
        Download
      </Button>
      <Button onClick={() => copyLinks(selected.map((row) => artifactHref(row)))}>
        <Link2 aria-hidden className="size-3.5" />
        {ids.length === 1 ? "Copy link" : "Copy links"}
      </Button>
      {pinLabel !== undefined && (
        <Button title={`${pinLabel} (p)`} onClick={() => pins.toggle(keys)}>
          <Pin aria-hidden className="size-3.5" />
          {pinLabel}
        </Button>
      )}
      {mayWrite && (
        <Button onClick={() => setTagging(true)}>
          <Tags aria-hidden className="size-3.5" />
          Tags
        </Button>
      )}
      {revertible.length > 0 && (
        <Button
          title="Delete the latest version, so that the one before it is the latest"
          onClick={() => onDeleteVersions(revertible.map(({ id }) => id))}
        >
          <Undo2 aria-hidden className="size-3.5" />
          {revertible.length === 1 ? "Revert to previous version" : "Revert to previous versions"}
        </Button>
      )}
    </>
  );
  return (
    <>
      <SelectionToolbar selection={selection} beyond={mayWrite && total > selection.total ? beyond : undefined}>
        {!isAll && onePage}
        {mayWrite && (
          <Button look="danger" onClick={deleteSelected}>
            <Trash2 aria-hidden className="size-3.5" />
            Delete
          </Button>
        )}
        {mayWrite && !isAll && keys.length === 0 && (
          <ReasonButton label="Delete" look="danger" onClick={deleteWithReason} />
        )}
      </SelectionToolbar>
      {isTagging && <TagSelected rows={selected} onClose={() => setTagging(false)} />}
      {isDeleting && (
        <DeleteMatching view={view} onDone={() => selection.setAll(false)} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

/** Changes the tags of rows: of the keys that they stand for, else of the versions. */
function TagSelected({ rows, onClose }: { rows: ListedRow[]; onClose: () => void }) {
  const keys = keysOf(
    rows,
    rows.map(({ id }) => id),
  ).map(({ key }) => key);
  const areKeys = keys.length === rows.length;
  const count = pluralize(rows.length, areKeys ? "artifact" : "version");
  return (
    <TagDialog
      title={rows.length === 1 && rows[0] ? `Tags of ${rowName(rows[0])}` : `Tags of ${count}`}
      which={areKeys ? { keys } : { ids: rows.map(({ id }) => id) }}
      rows={areKeys ? rows.map(({ about }) => ({ tags: about?.tags ?? [] })) : rows}
      onClose={onClose}
    />
  );
}
