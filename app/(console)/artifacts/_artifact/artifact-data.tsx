"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import { exact } from "#app/_ui/timestamp";
import type { ArtifactDetail } from "#contract/artifact";
import { isFileType } from "#contract/file-type";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { usePrinting } from "../../_viewers/shared/use-printing";
import { needsText, textQuery } from "./artifact-queries";

const FileViewer = dynamic(() =>
  loadCode(() => import("../../_viewers/folder/file-viewer")).then((module) => module.FileViewer),
);
const ArtifactViewer = dynamic(() =>
  loadCode(() => import("../../_viewers/artifact-viewer")).then((module) => module.ArtifactViewer),
);
const LargeArtifact = dynamic(() => loadCode(() => import("./large-artifact")).then((module) => module.LargeArtifact));

/** The data of a version, shown by its type, and on paper its source. */
export function ArtifactData({ artifact }: { artifact: ArtifactDetail }) {
  return (
    <>
      <Data artifact={artifact} />
      <PrintFoot artifact={artifact} />
    </>
  );
}

function PrintFoot({ artifact }: { artifact: ArtifactDetail }) {
  if (!usePrinting()) return null;
  return (
    <footer className="mt-6 border-t pt-2 text-soft text-xs">
      <p className="break-all">{location.href}</p>
      <p>
        {artifact.key === null ? "Published" : `${artifact.key}, version ${artifact.version}, published`}{" "}
        {exact(artifact.created)}
      </p>
    </footer>
  );
}

function Data({ artifact }: { artifact: ArtifactDetail }) {
  if (isFileType(artifact.type)) return <FileViewer key={artifact.id} artifact={artifact} />;
  if (artifact.size <= MAX_EMBEDDED_DATA) return <EmbeddedData artifact={artifact} />;
  return <LargeArtifact artifact={artifact} />;
}

function EmbeddedData({ artifact }: { artifact: ArtifactDetail }) {
  const enabled = needsText(artifact);
  const { data: text } = useQuery({ ...textQuery(artifact.id, artifact.updated), enabled });
  return (
    <ArtifactViewer
      artifact={artifact}
      data={artifact.data}
      text={(enabled && text) || JSON.stringify(artifact.data)}
    />
  );
}
