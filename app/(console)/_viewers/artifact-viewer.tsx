"use client";

import dynamic from "next/dynamic";
import { isImageUrl, parseLink } from "#formats/url";
import type { ViewerProps } from "./generic-viewer";
import { altOf, ImageView } from "./image/image-view";
import { LinkCard } from "./link-card";
import { Progress } from "./progress";

const Markdown = dynamic(() => import("./markdown/markdown").then((module) => module.Markdown));
const TableViewer = dynamic(() => import("./generic-viewer").then((module) => module.TableViewer));
const GenericViewer = dynamic(() => import("./generic-viewer").then((module) => module.GenericViewer));

/** Embedded data shown by its type; data that does not fit its type as JSON or text, with a notice. */
export function ArtifactViewer(props: ViewerProps) {
  return viewerOf(props) ?? <GenericViewer {...props} />;
}

function viewerOf({ artifact, data, text }: ViewerProps) {
  switch (artifact.type) {
    case "markdown":
      return typeof data === "string" ? <Markdown text={data} /> : null;
    case "table":
      return <TableViewer artifact={artifact} data={data} text={text} />;
    case "link": {
      const link = parseLink(data);
      if (link) return <LinkCard {...link} />;
      return typeof data === "string" ? <Markdown text={data} /> : null;
    }
    case "image":
      return isImageUrl(data) ? <ImageView key={data} src={data} alt={altOf(artifact)} size={artifact.size} /> : null;
    case "progress":
      return typeof data === "number" && data >= 0 && data <= 100 ? (
        <Progress value={data} updated={artifact.updated} />
      ) : null;
    default:
      return null;
  }
}
