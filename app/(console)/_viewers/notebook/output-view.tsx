"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { Json } from "#contract/json";
import { fitsMarkdown, hasOwnStyles, markdownOfHtml, type Output } from "#formats/notebook/output";
import { formatBytes } from "#formats/number";
import { ArtifactImage } from "../image/image";
import { withoutOverwritten } from "../log/overwritten";
import { Markdown } from "../markdown/markdown";
import { Formula } from "../math/formula";
import type { ViewerProps } from "../shared/viewer-props";
import { TextView } from "../text/text-view";

/** In characters: of a longer text the beginning is shown, and the rest on request. */
const MAX_TEXT = 200_000;
/** In characters: larger data is shown as text. */
const MAX_DATA = 4_000_000;

/** The types of charts that a viewer draws; of any other the image in the notebook is shown. */
const CHART_TYPES = new Set<string | null>(["vega", "vega-lite", "geojson"]);

type PartProps = Pick<ViewerProps, "artifact" | "Part"> & {
  /** Tells it from other outputs on the page. */
  name: string;
};

export function OutputView({ output, ...rest }: PartProps & { output: Output }) {
  const { name } = rest;
  switch (output.kind) {
    case "text":
      return <TextOutput text={output.text} name={output.isError ? `Error: ${name}` : name} isError={output.isError} />;
    case "image":
      return (
        <div className="w-fit max-w-full">
          <ArtifactImage src={output.src} alt="Output" inline attributes={output.size} />
        </div>
      );
    case "markdown":
      return <Markdown text={output.text} />;
    case "math":
      return <Formula source={output.text.trim().replace(/^(\${1,2})(.*)\1$/s, "$2")} display />;
    case "html":
      return <HtmlOutput {...output} name={name} />;
    case "data":
      return <DataOutput {...output} {...rest} />;
    case "unknown":
      return (
        <p className="text-faint text-sm">
          {output.mediaTypes.length === 0
            ? "This output is empty."
            : `This output isn't shown: ${output.mediaTypes.join(", ")}.`}
        </p>
      );
  }
}

function TextOutput({ text, name, isError = false }: { text: string; name: string; isError?: boolean }) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = useMemo(
    () => withoutOverwritten(showsAll ? text : text.slice(0, MAX_TEXT)).replace(/\n$/, ""),
    [text, showsAll],
  );
  if (text === "") return null;
  return (
    <div className={`space-y-2 ${isError ? "rounded-md bg-danger-wash px-3 py-2" : ""}`}>
      <TextView text={shown} label={name} bare />
      {!showsAll && text.length > MAX_TEXT && (
        <Notice action={<Button onClick={() => setShowsAll(true)}>Show all</Button>}>
          The beginning of {formatBytes(text.length)} is shown.
        </Notice>
      )}
    </div>
  );
}

const SandboxedHtml = dynamic(() => loadCode(() => import("../html/html-viewer")).then((module) => module.TextReport));

/** HTML as far as markdown may have it, or else the same in plain text; on request as it is in the sandbox, or its source. */
function HtmlOutput({ html, text, name }: { html: string; text: string | null; name: string }) {
  const [shown, setShown] = useState<"text" | "report" | "source">("text");
  const markdown = useMemo(() => (fitsMarkdown(html) ? markdownOfHtml(html) : null), [html]);
  const isWhole = useMemo(() => markdown !== null && !hasOwnStyles(html), [markdown, html]);
  if (markdown !== null && isWhole) return <Markdown text={markdown} compact />;
  const button = (view: typeof shown, label: string) => (
    <Button look="quiet" aria-pressed={shown === view} onClick={() => setShown(shown === view ? "text" : view)}>
      {label}
    </Button>
  );
  return (
    <div className="space-y-2">
      {shown === "text" && markdown !== null && <Markdown text={markdown} compact />}
      {shown === "text" && markdown === null && text !== null && <TextOutput text={text} name={name} />}
      {shown === "report" && <SandboxedHtml text={html} isPart />}
      {shown === "source" && <TextOutput text={html} name={`Source of ${name}`} />}
      <p className="flex flex-wrap items-center gap-1 text-faint text-sm print:hidden">
        <span className="mr-1">This output is HTML with styles or scripts of its own.</span>
        {button("report", "Run in the sandbox")}
        {button("source", "Source")}
      </p>
    </div>
  );
}

function DataOutput({
  type,
  json,
  image,
  name,
  artifact,
  Part,
}: PartProps & Omit<Extract<Output, { kind: "data" }>, "kind">) {
  const data = useMemo<Json>(() => (json.length <= MAX_DATA ? JSON.parse(json) : null), [json]);
  const part = useMemo(
    () => ({
      ...artifact,
      ...{ id: `${artifact.id}/output`, key: null, version: null, type, description: null, metadata: null },
      ...{ size: json.length, rows: null, number: null },
    }),
    [artifact, type, json],
  );
  if (image !== null && !CHART_TYPES.has(type))
    return <OutputView name={name} artifact={artifact} Part={Part} output={{ kind: "image", src: image, size: {} }} />;
  if (json.length > MAX_DATA) return <TextOutput text={json} name={name} />;
  return <Part artifact={part} data={data} text={json} />;
}
