"use client";

import dynamic from "next/dynamic";
import { parseLink } from "#formats/shape";
import { altOf, ImageView } from "./image/image-view";
import { LinkCard } from "./link-card";
import { Progress } from "./progress";
import type { ViewerProps } from "./shown";

const Markdown = dynamic(() => import("./markdown/markdown").then((module) => module.Markdown));
const SmallTable = dynamic(() => import("./generic-viewer").then((module) => module.TableViewer));
const Plain = dynamic(() => import("./generic-viewer").then((module) => module.GenericViewer));

/** Data as its type wants to be seen; where it does not fit its type, as JSON with a note that says so. */
export function ArtifactViewer(shown: ViewerProps) {
  return fitting(shown) ?? <Plain {...shown} />;
}

function fitting({ artifact, data, text }: ViewerProps) {
  switch (artifact.type) {
    case "markdown":
      return typeof data === "string" ? <Markdown text={data} /> : null;
    case "table":
      return <SmallTable artifact={artifact} data={data} text={text} />;
    case "link": {
      const link = parseLink(data);
      if (link) return <LinkCard {...link} />;
      return typeof data === "string" ? <Markdown text={data} /> : null;
    }
    case "image":
      return typeof data === "string" && isPicture(data) ? (
        <ImageView key={data} src={data} alt={altOf(artifact)} size={artifact.size} />
      ) : null;
    case "progress":
      return typeof data === "number" && data >= 0 && data <= 100 ? (
        <Progress value={data} updated={artifact.updated} />
      ) : null;
    default:
      return null;
  }
}

function isPicture(address: string): boolean {
  return /^data:image\//i.test(address) || /^https?:\/\//i.test(address) || address.startsWith("/");
}
