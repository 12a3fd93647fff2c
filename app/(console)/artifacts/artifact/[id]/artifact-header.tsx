"use client";

import { ChevronLeft, ChevronRight, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button, buttonClass } from "#app/_ui/button";
import type { ArtifactDetail } from "#contract/artifact";
import { TypeIcon } from "../../../_list/artifact-type";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { Description } from "../../../_viewers/description/description";
import { artifactHref, type TabName } from "../../_artifact/artifact-url";
import { CompareWithPrevious } from "../../_artifact/compare-link";
import { useDeleteArtifact } from "../../_artifact/use-delete";
import { useVersionShortcuts } from "../../_artifact/version-shortcuts";

export function ArtifactHeader({ artifact, tab }: { artifact: ArtifactDetail; tab: TabName }) {
  const deletion = useDeleteArtifact();
  const { id, key, version, older, newer, description } = artifact;
  const name = version === null ? id.slice(0, 8) : `v${version}`;
  useVersionShortcuts(artifact, {
    raw: artifactHref(id, tab === "raw" ? "content" : "raw"),
    older: older && artifactHref(older, tab),
    newer: newer && artifactHref(newer, tab),
  });
  return (
    <header>
      <Breadcrumb at={[...(key === null ? [] : [{ name: key, href: `/artifacts/key/${key}` }]), { name }]} />
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <h1 className="flex min-w-0 flex-1 basis-80 items-center gap-2.5 font-semibold text-xl tracking-tight">
          <TypeIcon type={artifact.type} className="size-5" />
          <span className="min-w-0 break-words">{key ?? "Artifact without key"}</span>
          {version !== null && <span className="font-normal text-faint">v{version}</span>}
        </h1>
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          {key !== null && (
            <div className="flex">
              <Neighbour to={older} tab={tab} side="left">
                <ChevronLeft aria-hidden className="size-4" />
                Older
              </Neighbour>
              <Neighbour to={newer} tab={tab} side="right">
                Newer
                <ChevronRight aria-hidden className="size-4" />
              </Neighbour>
            </div>
          )}
          {older !== null && <CompareWithPrevious id={id} />}
          <Link href={artifactHref(id, "edit")} prefetch={false} className={buttonClass()}>
            <Pencil aria-hidden className="size-3.5" />
            Edit
          </Link>
          <Button disabled={deletion.isPending} onClick={() => deletion.mutate({ id })}>
            <Trash2 aria-hidden className="size-3.5" />
            Delete
          </Button>
        </div>
      </div>
      {description && (
        <div className="mt-2 max-w-[72ch]">
          <Description text={description} />
        </div>
      )}
    </header>
  );
}

function Neighbour({
  to,
  tab,
  side,
  children,
}: {
  to: string | null;
  tab: TabName;
  side: "left" | "right";
  children: ReactNode;
}) {
  const shape = side === "left" ? "rounded-r-none pl-1.5" : "rounded-l-none border-l-0 pr-1.5";
  if (to === null) return <span className={buttonClass("off", shape)}>{children}</span>;
  return (
    <Link href={artifactHref(to, tab)} prefetch={false} className={buttonClass("plain", shape)}>
      {children}
    </Link>
  );
}
