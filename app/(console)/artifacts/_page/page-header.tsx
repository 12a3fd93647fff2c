"use client";

import { User } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { loadCode } from "#app/_data/connection";
import { Age } from "#app/_ui/age";
import { useArrivalFocus } from "#app/_ui/arrival-focus";
import { Copy } from "#app/_ui/copy";
import type { About } from "#contract/about";
import type { Artifact } from "#contract/artifact";
import { contentSize, formatBytes } from "#formats/number";
import { TypeIcon, typeName } from "../../_list/artifact-type";
import { ProducerLine, useProducers } from "../../_list/producers";
import { Breadcrumb } from "../../_shell/breadcrumb";
import { PinButton } from "../_pins/pin-button";
import { TagLinks } from "../_tags/tag-links";

// Most versions are never edited.
const LastEdit = dynamic(() => loadCode(() => import("./changes/last-edit")).then((module) => module.LastEdit));

/** The name of an artifact with its version, and its actions. `artifact` is undefined for a version that does not exist. */
export function PageHeader({
  name,
  type,
  artifact,
  about = null,
  version,
  actions,
}: {
  /** The key; null without one. */
  name: string | null;
  type: string | null;
  artifact: Artifact | undefined;
  /** The facts of the key. */
  about?: About | null;
  /** The number of the version, with links to its neighbours. */
  version?: ReactNode;
  actions: ReactNode;
}) {
  const title = useArrivalFocus<HTMLHeadingElement>();
  return (
    <header>
      <Breadcrumb at={[]} />
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-80 items-start gap-1.5">
          <h1
            ref={title}
            tabIndex={-1}
            className="flex min-w-0 items-start gap-2.5 font-semibold text-xl tracking-tight outline-none"
          >
            <TypeIcon type={type} className="mt-1 size-5" />
            <span className="line-clamp-3 min-w-0 break-words [overflow-wrap:anywhere]">
              {name ?? "Artifact without key"}
            </span>
          </h1>
          {name !== null && <PinButton artifactKey={name} />}
          {name !== null && <Copy text={name} label="Copy key" className="mt-0.5" />}
        </div>
        <div className="flex flex-wrap items-center gap-1.5 print:hidden">{actions}</div>
      </div>
      {about && (about.title !== null || about.tags.length > 0 || about.owner !== null) && (
        <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm max-sm:mt-3">
          {about.title !== null && <p className="min-w-0 break-words">{about.title}</p>}
          {about.owner !== null && (
            <p className="flex min-w-0 items-center gap-1 text-soft">
              <User aria-hidden className="size-3.5 shrink-0 text-faint" />
              <span className="sr-only">Owner: </span>
              <span className="min-w-0 break-words">{about.owner}</span>
            </p>
          )}
          {about.tags.length > 0 && <TagLinks tags={about.tags} />}
        </div>
      )}
      <div className="mt-1.5 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft tabular-nums">
        {version}
        {artifact && <Summary artifact={artifact} />}
      </div>
    </header>
  );
}

function Summary({ artifact }: { artifact: Artifact }) {
  const { type, created, updated, size, number, flowRunId } = artifact;
  const producerOf = useProducers([artifact]);
  const content = contentSize(artifact);
  const bytes = formatBytes(size);
  return (
    <>
      <span>{typeName(type)}</span>
      <span>
        <Age of={created} suffix=" ago" />
        {updated !== created && <LastEdit artifact={artifact} />}
      </span>
      {flowRunId !== null && (
        <span className="min-w-0 truncate">
          <ProducerLine id={flowRunId} producer={producerOf(flowRunId)} />
        </span>
      )}
      <span className="text-faint">{content === bytes || number !== null ? bytes : `${content}, ${bytes}`}</span>
      <a href="#facts" className="target text-faint hover:text-ink hover:underline xl:hidden print:hidden">
        Details
      </a>
    </>
  );
}
