"use client";

import { ListTree, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import { TreeOfText } from "./json/tree-of-text";
import type { ViewerProps } from "./shared/viewer-props";

const TableOfText = dynamic(() => loadCode(() => import("./table-of-text")).then((module) => module.TableOfText));

/** A list whose first value is an object or a list. */
const ROWS = /^\s*\[\s*[{[]/;

/** Any data as a tree, or on request as a table. */
export function JsonViewer({ artifact, text }: ViewerProps) {
  return <StructureView artifact={artifact} text={text} />;
}

/** JSON as a tree; a list of rows also as a table, which comes `first` or on request. */
export function StructureView({
  artifact,
  text,
  first = "tree",
}: {
  artifact: Artifact;
  text: string;
  first?: "tree" | "table";
}) {
  const [view, setView] = useState(first);
  const tree = <TreeOfText key={artifact.updated} text={text} />;
  if (!ROWS.test(text)) return tree;
  return (
    <div className="space-y-3">
      <fieldset className="flex gap-1 print:hidden">
        <legend className="sr-only">Show as</legend>
        <Button look="quiet" aria-pressed={view === "tree"} onClick={() => setView("tree")}>
          <ListTree aria-hidden className="size-3.5" />
          Tree
        </Button>
        <Button look="quiet" aria-pressed={view === "table"} onClick={() => setView("table")}>
          <Table2 aria-hidden className="size-3.5" />
          Table
        </Button>
      </fieldset>
      {view === "tree" ? (
        tree
      ) : (
        <TableOfText
          artifact={artifact}
          text={text}
          fallback={
            <>
              <Notice>This list isn't a table, so it's shown as a tree.</Notice>
              {tree}
            </>
          }
        />
      )}
    </div>
  );
}
