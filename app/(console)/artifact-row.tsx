import Link from "next/link";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import { holds } from "#reading/holds";
import { TypeIcon, TypeLabel, typeWord } from "./artifact-type";
import { lineOf } from "./line";
import { type Producer, ProducerLine } from "./producers";

const CELL = "h-10 px-3 align-middle first:pl-4 last:pr-4";

/** One artifact as a line of a list; the whole line is its link. */
export function ArtifactRow({
  artifact,
  href,
  producer,
}: {
  artifact: Artifact;
  href: string;
  /** Who produced it, or null; undefined where there is no column for it. */
  producer: Producer | null | undefined;
}) {
  const line = lineOf(artifact.description);
  return (
    <tr className="group relative border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover">
      <th scope="row" className={`${CELL} text-left font-normal max-md:py-2.5`}>
        <Link
          href={href}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-accent"
        >
          {artifact.key ?? <span className="font-mono text-soft text-xs">{artifact.id.slice(0, 8)}</span>}
        </Link>
        <span className="mt-0.5 flex items-center gap-1.5 text-faint md:hidden">
          <TypeIcon type={artifact.type} className="size-3.5" />
          <span className="truncate">{line || typeWord(artifact.type)}</span>
        </span>
      </th>
      <td className={`${CELL} max-md:hidden`}>
        <TypeLabel type={artifact.type} />
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <span className="block truncate text-soft">{line}</span>
      </td>
      <td className={`${CELL} text-right text-faint tabular-nums max-md:hidden`}>{holds(artifact)}</td>
      {producer !== undefined && (
        <td className={`${CELL} truncate max-lg:hidden`}>
          {artifact.flowRunId && producer && <ProducerLine id={artifact.flowRunId} producer={producer} />}
        </td>
      )}
      <td className={`${CELL} text-right text-soft max-md:hidden`}>
        {artifact.version !== null && `v${artifact.version}`}
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        <Age of={artifact.created} className="relative" />
        <span className="block text-faint md:hidden">{artifact.version !== null && `v${artifact.version}`}</span>
      </td>
    </tr>
  );
}
