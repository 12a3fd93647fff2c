"use client";

import { useEffect, useRef } from "react";
import { createEditor, type Editor } from "./code-mirror";

/** JSON with line numbers, colours, search, and its first error marked. */
export function JsonEditor({
  label,
  value,
  reveal,
  onChange,
}: {
  label: string;
  value: string;
  /** Where the cursor is set, with the focus, whenever this is another object. */
  reveal: { at: number } | null;
  onChange: (text: string) => void;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const current = useRef({ label, value, onChange });
  useEffect(() => {
    current.current = { label, value, onChange };
  });
  // The editor has its own state: React only creates it, and passes on what others change.
  useEffect(() => {
    if (!parent.current) return;
    const { label, value } = current.current;
    const created = createEditor(parent.current, { label, value, onChange: (text) => current.current.onChange(text) });
    editor.current = created;
    return () => {
      editor.current = null;
      created.destroy();
    };
  }, []);
  useEffect(() => editor.current?.setText(value), [value]);
  useEffect(() => {
    if (reveal) editor.current?.reveal(reveal.at);
  }, [reveal]);
  return <div ref={parent} className="min-h-40" />;
}
