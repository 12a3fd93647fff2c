"use client";

import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import type { ReactNode } from "react";
import { loadCode } from "#app/_data/connection";
import { Age } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { isFileType } from "#contract/file-type";
import { MAX_EMBEDDED_DATA, MAX_LIMIT } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { TypeIcon, typeName } from "../../_list/artifact-type";
import { pastHref } from "../../_list/artifact-url";
import { Chips } from "../../_list/chips";
import { Breadcrumb } from "../../_shell/breadcrumb";
import { ArtifactViewer } from "../../_viewers/artifact-viewer";
import { Description } from "../../_viewers/description/description";
import { FindRoot } from "../../_viewers/find/find-root";
import { OutlineScope } from "../../_viewers/markdown/outline/outline-scope";
import { dataUrl } from "../../_viewers/shared/data-url";
import { Facts } from "../_page/facts";
import { MetadataList } from "../_page/metadata-list";
import { Panes } from "../_page/panes";

const FileViewer = dynamic(() =>
  loadCode(() => import("../../_viewers/folder/file-viewer")).then((module) => module.FileViewer),
);

/** A version as it was at a timestamp, with the versions that its key had then. Nothing in it can be changed. */
export function PastArtifact({
  asOf,
  artifact,
  labels,
  text,
  chart,
  versions,
  moreHref,
  listHref,
  factsHidden,
}: {
  asOf: string;
  artifact: ArtifactDetail;
  /** Those that the version had. */
  labels: string[];
  /** The JSON text of the data; null where it is too large to be embedded. */
  text: string | null;
  /** The chart of its key then. */
  chart: ReactNode;
  /** The newest first; none for an artifact without a key. */
  versions: Artifact[];
  /** The list of all versions where `versions` are not all. */
  moreHref: string | null;
  /** The list of artifacts at that time. */
  listHref: string;
  factsHidden: boolean;
}) {
  const { id, key, version, type, description, created, size } = artifact;
  const history = <PastVersions asOf={asOf} versions={versions} open={id} moreHref={moreHref} />;
  const dataHref = dataUrl(id, "file", { asOf });
  return (
    <>
      <header>
        <Breadcrumb list={{ name: "Artifacts", href: listHref }} at={[]} />
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
          <h1 className="flex min-w-0 flex-1 basis-80 items-start gap-2.5 font-semibold text-xl tracking-tight">
            <TypeIcon type={type} className="mt-1 size-5" />
            <span className="min-w-0 break-words [overflow-wrap:anywhere]">{key ?? "Artifact without key"}</span>
          </h1>
          <a href={dataHref} download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            Download
          </a>
        </div>
        <div className="mt-1.5 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft tabular-nums">
          {version !== null && <span>v{version}</span>}
          <Chips labels={labels} tags={[]} className="flex" />
          <span>{typeName(type)}</span>
          <Age of={created} suffix=" ago" />
          <span className="text-faint">{formatBytes(size)}</span>
        </div>
      </header>
      <Panes
        history={versions.length > 1 ? history : null}
        factsHidden={factsHidden}
        facts={
          <>
            <Facts artifact={artifact} asOf={asOf} />
            <MetadataList metadata={artifact.metadata} />
          </>
        }
      >
        <article aria-label={version === null ? "Content" : `Version ${version}`} className="min-w-0">
          {versions.length > 1 && (
            <details className="mb-5 border-b pb-3 lg:hidden">
              <summary className="cursor-pointer text-soft text-sm">Versions at that time</summary>
              {history}
            </details>
          )}
          {artifact.number === null && chart}
          <FindRoot>
            {description && (
              <div className="mb-5 max-w-[72ch]">
                <Description key={id} text={description} />
              </div>
            )}
            <OutlineScope value>
              {isFileType(type) ? (
                <FileViewer key={id} artifact={artifact} asOf={asOf} />
              ) : text !== null && size <= MAX_EMBEDDED_DATA ? (
                // Without its key and number, since what viewers read of other versions would be that of now.
                <ArtifactViewer
                  key={id}
                  artifact={{ ...artifact, key: null, version: null }}
                  data={artifact.data}
                  text={text}
                />
              ) : (
                <p className="py-14 text-center text-soft">
                  This version is <strong className="font-medium text-ink">{formatBytes(size)}</strong>, too large to be
                  shown as of a time. Download it instead.
                </p>
              )}
            </OutlineScope>
          </FindRoot>
          {artifact.number !== null && chart}
        </article>
      </Panes>
    </>
  );
}

function PastVersions({
  asOf,
  versions,
  open,
  moreHref,
}: {
  asOf: string;
  versions: Artifact[];
  open: string;
  moreHref: string | null;
}) {
  return (
    <nav aria-label="Versions at that time">
      <ul className="space-y-px text-sm">
        {versions.map((each) => (
          <li key={each.id}>
            <Link
              href={pastHref(each, asOf)}
              prefetch={false}
              aria-current={each.id === open ? "page" : undefined}
              className={`flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-2 py-1 tabular-nums hover:bg-hover ${
                each.id === open ? "bg-wash font-medium" : ""
              }`}
            >
              v{each.version}
              <Chips labels={each.labels} tags={[]} className="flex" />
              <span className="ml-auto font-normal text-faint">
                <Age of={each.created} suffix=" ago" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {moreHref !== null && (
        <p className="px-2 py-1 text-faint text-sm">
          The newest {MAX_LIMIT} are listed.{" "}
          <Link href={moreHref} prefetch={false} className="text-accent hover:underline">
            All versions
          </Link>
        </p>
      )}
    </nav>
  );
}
