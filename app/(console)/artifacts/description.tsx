"use client";

import dynamic from "next/dynamic";

const Markdown = dynamic(() => import("./renderers/markdown").then((module) => module.Markdown));
const PLAIN = /^[^\n*_`~[\]<>#|\\&!:/@]*$/;

/** A description: markdown, of which a plain sentence needs none of the machinery. */
export function Description({ text }: { text: string }) {
  if (PLAIN.test(text)) return <p className="prose prose-compact">{text}</p>;
  return <Markdown text={text} compact />;
}
