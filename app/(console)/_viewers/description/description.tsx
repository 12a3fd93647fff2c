"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Button } from "#app/_ui/button";
import { useIsFinding } from "../find/find-context";

const Markdown = dynamic(() => loadCode(() => import("../markdown/markdown")).then((module) => module.Markdown));

/** What is shown of a description at first, in characters and lines. */
const MAX_CHARACTERS = 800;
const MAX_LINES = 10;

/** A description in markdown, whose parser is loaded unless it is a plain line. A long one is folded. */
export function Description({ text }: { text: string }) {
  const isLong = text.length > MAX_CHARACTERS || text.trim().split("\n").length > MAX_LINES;
  return isLong ? <Folded text={text} /> : <Content text={text} />;
}

function Content({ text }: { text: string }) {
  if (!isPlainLine(text)) return <Markdown text={text} compact />;
  return (
    <div data-find="about" className="prose prose-compact">
      <p dir="auto">{text.trim()}</p>
    </div>
  );
}

function Folded({ text }: { text: string }) {
  const [unfolded, setOpen] = useState(false);
  // What is found in it must be seen.
  const isFinding = useIsFinding();
  const open = unfolded || isFinding;
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only follows the focus of what it contains */}
      <div
        // A link in the folded part must be seen when it has the focus.
        onFocus={() => setOpen(true)}
        className={
          open
            ? ""
            : "max-h-48 overflow-hidden [mask-image:linear-gradient(#000_60%,transparent)] print:max-h-none print:[mask-image:none]"
        }
      >
        <Content text={text} />
      </div>
      <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)} className="-ml-2.5 mt-1 print:hidden">
        {open ? "Show less" : "Show all"}
      </Button>
    </div>
  );
}

/** Whether a text is one line without any character that markdown or a URL gives a meaning. */
export function isPlainLine(text: string): boolean {
  // Another start than a letter may begin a list; a host name may become a link, and two dollar signs may have math between them.
  return /^\p{L}[^\n\r*_`~[\]<>#|\\&!:/@]*$/u.test(text.trim()) && !/www\.|\$.*\$/i.test(text);
}
