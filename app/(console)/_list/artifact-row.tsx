import Link from "next/link";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/holds";
import { TypeIcon, TypeLabel, typeName } from "./artifact-type";
import { firstLine } from "./first-line";
import { PeekButton } from "./peek-button";
import { type Producer, ProducerLine } from "./producers";
import { ROW_FOCUS } from "./row-focus";
import { RowCheckbox, type Selection } from "./selection";

const CELL = "h-10 px-3 align-middle first:pl-4 last:pr-4";

/** What a person can do with a row beside opening it. */
export interface RowActions {
  selection: Selection;
  /** The row that is open beside the list. */
  peeked: string | null;
  onPeek: (id: string) => void;
}

/** What an artifact is called in a list. */
export function rowName({ key, id }: Artifact): string {
  return key ?? id.slice(0, 8);
}

/** One artifact as a line of a list; the whole line is its link. */
export function ArtifactRow({
  artifact,
  href,
  producer,
  doings,
}: {
  artifact: Artifact;
  href: string;
  /** Who produced it, or null; undefined where there is no column for it. */
  producer: Producer | null | undefined;
  doings?: RowActions;
}) {
  const line = firstLine(artifact.description);
  const name = rowName(artifact);
  const open = doings?.peeked === artifact.id;
  const chosen = doings?.selection.has(artifact.id);
  return (
    <tr
      data-row={artifact.id}
      className={`group relative scroll-mt-14 border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover ${open || chosen ? "bg-wash" : ""}`}
    >
      {doings && (
        <td className="h-10 p-0">
          <RowCheckbox id={artifact.id} name={name} selection={doings.selection} />
        </td>
      )}
      <th scope="row" className={`${CELL} text-left font-normal @max-3xl:py-2.5 ${doings ? "pl-0" : ""}`}>
        <Link
          {...ROW_FOCUS}
          href={href}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-accent"
        >
          {artifact.key ?? <span className="font-mono text-soft text-xs">{name}</span>}
        </Link>
        <span className="mt-0.5 flex items-center gap-1.5 text-faint @3xl:hidden">
          <TypeIcon type={artifact.type} className="size-3.5" />
          <span className="truncate">{line || typeName(artifact.type)}</span>
        </span>
      </th>
      <td className={`${CELL} @max-3xl:hidden`}>
        <TypeLabel type={artifact.type} />
      </td>
      <td className={`${CELL} @max-3xl:hidden`}>
        <span className="block truncate text-soft">{line}</span>
      </td>
      <td className={`${CELL} text-right text-faint tabular-nums @max-3xl:hidden`}>{contentSize(artifact)}</td>
      {producer !== undefined && (
        <td className={`${CELL} truncate @max-4xl:hidden`}>
          {artifact.flowRunId && producer && <ProducerLine id={artifact.flowRunId} producer={producer} />}
        </td>
      )}
      <td className={`${CELL} text-right text-soft tabular-nums @max-3xl:hidden`}>
        {artifact.version !== null && `v${artifact.version}`}
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        <Age of={artifact.created} className="relative" />
        <span className="block text-faint @3xl:hidden">{artifact.version !== null && `v${artifact.version}`}</span>
      </td>
      {doings && (
        <td className="h-10 p-0 pr-2">
          <PeekButton
            name={name}
            open={open}
            onPeek={() => doings.onPeek(artifact.id)}
            className="size-8 transition-opacity"
          />
        </td>
      )}
    </tr>
  );
}
