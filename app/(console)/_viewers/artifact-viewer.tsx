"use client";

import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import type { Json } from "#contract/json";
import { isImageUrl, parseLink } from "#formats/url";
import type { ViewerProps } from "./generic-viewer";
import { LinkCard } from "./link-card";
import { NumberViewer } from "./number/number-viewer";
import { Progress } from "./progress";
import { NoContent } from "./shared/data-status";

const ImageView = dynamic(() => loadCode(() => import("./image/image-view")).then((module) => module.ImageView));
const UnsupportedImage = dynamic(() =>
  loadCode(() => import("./image/image-view")).then((module) => module.UnsupportedImage),
);
const Markdown = dynamic(() => loadCode(() => import("./markdown/markdown")).then((module) => module.Markdown));
const TableViewer = dynamic(() => loadCode(() => import("./generic-viewer")).then((module) => module.TableViewer));
const GenericViewer = dynamic(() => loadCode(() => import("./generic-viewer")).then((module) => module.GenericViewer));

/** Embedded data shown by its type; data that does not fit its type as JSON or text, with a notice. */
export function ArtifactViewer(props: ViewerProps) {
  return viewerOf(props) ?? <GenericViewer {...props} />;
}

function markdownOf(data: Json) {
  if (typeof data !== "string") return null;
  return data.trim() === "" ? <NoContent /> : <Markdown text={data} />;
}

function viewerOf({ artifact, data, text }: ViewerProps) {
  switch (artifact.type) {
    case "markdown":
      return markdownOf(data);
    case "table":
      return <TableViewer artifact={artifact} data={data} text={text} />;
    case "link": {
      const link = parseLink(data);
      if (link) return <LinkCard {...link} />;
      return markdownOf(data);
    }
    case "image": {
      const address = typeof data === "string" ? data.trim() : "";
      if (isImageUrl(data)) return <ImageView key={data} artifact={artifact} src={data} />;
      return address === "" ? null : <UnsupportedImage address={address} />;
    }
    case "progress":
      return typeof data === "number" && data >= 0 && data <= 100 ? (
        <Progress value={data} updated={artifact.updated} />
      ) : null;
    default:
      return typeof data === "number" ? <NumberViewer artifact={artifact} value={data} text={text} /> : null;
  }
}
