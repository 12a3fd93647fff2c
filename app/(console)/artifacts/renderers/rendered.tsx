"use client";

import dynamic from "next/dynamic";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { linkOf, tableOf } from "#reading/shape";
import { LinkCard } from "./link";
import { Picture } from "./picture";
import { Progress } from "./progress";

const Markdown = dynamic(() => import("./markdown").then((module) => module.Markdown));
const Table = dynamic(() => import("./table").then((module) => module.Table));
const JsonTree = dynamic(() => import("./json").then((module) => module.JsonTree));

/** Data as its type wants to be seen; where it does not fit its type, as JSON with a note that says so. */
export function Rendered({ artifact, data }: { artifact: Artifact; data: Json }) {
  return fitting(artifact, data) ?? <Plain artifact={artifact} data={data} />;
}

function fitting(artifact: Artifact, data: Json) {
  switch (artifact.type) {
    case "markdown":
      return typeof data === "string" ? <Markdown text={data} /> : null;
    case "table": {
      const table = tableOf(data);
      return table && <Table table={table} />;
    }
    case "link": {
      const link = linkOf(data);
      if (link) return <LinkCard {...link} />;
      return typeof data === "string" ? <Markdown text={data} /> : null;
    }
    case "image":
      return typeof data === "string" && isPicture(data) ? (
        <Picture key={data} src={data} alt={altOf(artifact)} />
      ) : null;
    case "progress":
      return typeof data === "number" && data >= 0 && data <= 100 ? (
        <Progress value={data} updated={artifact.updated} />
      ) : null;
    default:
      return null;
  }
}

function Plain({ artifact, data }: { artifact: Artifact; data: Json }) {
  const promised = ["markdown", "table", "link", "image", "progress"].includes(artifact.type ?? "");
  return (
    <div className="space-y-3">
      {promised && <Notice>The data does not have the shape of type {artifact.type}, so it is shown as JSON.</Notice>}
      {typeof data === "string" ? (
        <pre className="whitespace-pre-wrap break-words font-mono text-[13px] leading-5">{data}</pre>
      ) : (
        <JsonTree value={data} />
      )}
    </div>
  );
}

function isPicture(address: string): boolean {
  return /^data:image\//i.test(address) || /^https?:\/\//i.test(address) || address.startsWith("/");
}

function altOf({ metadata, description, key }: Artifact): string {
  const alt = metadata?.alt;
  return typeof alt === "string" ? alt : (description ?? key ?? "Picture");
}
