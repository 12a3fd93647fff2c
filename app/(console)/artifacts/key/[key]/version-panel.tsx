"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Age } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import type { ArtifactDetail } from "#contract/artifact";
import { TypeLabel } from "../../../_list/artifact-type";
import { Description } from "../../../_viewers/description/description";
import { ArtifactData } from "../../_artifact/artifact-data";
import { CompareWithPrevious } from "../../_artifact/compare-link";
import { useVersionShortcuts } from "../../_artifact/version-shortcuts";

/** The open version beside the history. */
export function VersionPanel({ artifact }: { artifact: ArtifactDetail }) {
  useVersionShortcuts(artifact, { raw: `/artifacts/artifact/${artifact.id}?tab=raw` });
  return (
    <article aria-label={`Version ${artifact.version}`} className="min-w-0 self-start">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b pb-1.5 text-sm">
        <h2 className="font-medium">v{artifact.version}</h2>
        <TypeLabel type={artifact.type} />
        <span className="text-faint">
          <Age of={artifact.created} suffix=" ago" />
          {artifact.updated !== artifact.created && (
            <>
              , updated <Age of={artifact.updated} suffix=" ago" />
            </>
          )}
        </span>
        <span className="-mr-2 ml-auto flex">
          {artifact.older !== null && <CompareWithPrevious id={artifact.id} look="quiet" />}
          <Link href={`/artifacts/artifact/${artifact.id}`} prefetch={false} className={buttonClass("quiet")}>
            Open v{artifact.version}
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        </span>
      </header>
      <div className="pt-5">
        {artifact.description && (
          <div className="mb-5 max-w-[72ch]">
            <Description text={artifact.description} />
          </div>
        )}
        <ArtifactData artifact={artifact} />
      </div>
    </article>
  );
}
