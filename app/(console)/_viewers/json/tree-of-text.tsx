import { useMemo } from "react";
import { indexJsonText } from "#formats/json-index";
import { JsonTree } from "./json-tree";

/** JSON text as a tree. */
export function TreeOfText({ text }: { text: string }) {
  const index = useMemo(() => indexJsonText(text), [text]);
  return <JsonTree index={index} reader={null} />;
}
