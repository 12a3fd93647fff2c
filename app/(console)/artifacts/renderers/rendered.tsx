"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { finished, jsonIndexOf } from "#reading/json-index";
import { linkOf } from "#reading/shape";
import { tabling } from "#reading/table";
import { LinkCard } from "./link";
import { Misfit } from "./misfit";
import { altOf, PictureView } from "./picture-view";
import { Progress } from "./progress";
import { columnsOf } from "./table/column";
import { TextView } from "./text/text-view";

const Markdown = dynamic(() => import("./markdown/markdown").then((module) => module.Markdown));
const TableView = dynamic(() => import("./table/table-view").then((module) => module.TableView));
const JsonTree = dynamic(() => import("./json/json-tree").then((module) => module.JsonTree));

/** What is rendered: the data as JavaScript reads it, and its JSON text, which keeps what JavaScript does not. */
interface Shown {
  artifact: Artifact;
  data: Json;
  text: string;
}

/** Data as its type wants to be seen; where it does not fit its type, as JSON with a note that says so. */
export function Rendered(shown: Shown) {
  return fitting(shown) ?? <Plain {...shown} />;
}

function fitting({ artifact, data, text }: Shown) {
  switch (artifact.type) {
    case "markdown":
      return typeof data === "string" ? <Markdown text={data} /> : null;
    case "table":
      return <SmallTable artifact={artifact} data={data} text={text} />;
    case "link": {
      const link = linkOf(data);
      if (link) return <LinkCard {...link} />;
      return typeof data === "string" ? <Markdown text={data} /> : null;
    }
    case "image":
      return typeof data === "string" && isPicture(data) ? (
        <PictureView key={data} src={data} alt={altOf(artifact)} size={artifact.size} />
      ) : null;
    case "progress":
      return typeof data === "number" && data >= 0 && data <= 100 ? (
        <Progress value={data} updated={artifact.updated} />
      ) : null;
    default:
      return null;
  }
}

function SmallTable(shown: Shown) {
  const { text } = shown;
  const read = useMemo(() => {
    const table = finished(tabling(jsonIndexOf(text)));
    return table && { table, columns: columnsOf(table) };
  }, [text]);
  return read ? <TableView {...read} reader={null} /> : <Plain {...shown} />;
}

function Plain({ artifact, data, text }: Shown) {
  const index = useMemo(() => jsonIndexOf(text), [text]);
  return (
    <div className="space-y-3">
      <Misfit type={artifact.type} />
      {typeof data === "string" ? (
        <TextView text={data} label="Text" bare />
      ) : (
        <JsonTree key={artifact.updated} index={index} reader={null} />
      )}
    </div>
  );
}

function isPicture(address: string): boolean {
  return /^data:image\//i.test(address) || /^https?:\/\//i.test(address) || address.startsWith("/");
}
