"use client";

import { useEffect, useState } from "react";
import type { Block, MarkdownPart, MarkdownRequest } from "./part";

/** How long one part may take, in milliseconds, before the rest is given up. */
const PART_TIMEOUT = 3000;
/** How long a text must rest before it is read: while one types, it changes with every letter. */
const DEBOUNCE = 100;

/** What was read of a document so far: its parts, where they end, and whether more is to come. */
export interface ParsedParts {
  parts: Block[][];
  end: number;
  reading: boolean;
}

const NONE: ParsedParts = { parts: [], end: 0, reading: true };

/** Reads a document in a worker, part by part. What takes too long or is too much is left out: `end` tells where. */
export function useParsedParts(
  text: string,
  { whole, anchors, wanted }: { whole: boolean; anchors: boolean; wanted: boolean },
): ParsedParts {
  const [parts, setParts] = useState<ParsedParts & { of: string }>({ ...NONE, of: text });
  useEffect(() => {
    if (!wanted) return;
    let worker: Worker | null = null;
    let timer = setTimeout(start, DEBOUNCE);
    const end = () => {
      clearTimeout(timer);
      worker?.terminate();
    };
    const giveUp = () => {
      end();
      setParts((before) => ({ ...(before.of === text ? before : NONE), of: text, reading: false }));
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, PART_TIMEOUT);
    };
    function start() {
      worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("error", giveUp);
      worker.addEventListener("message", ({ data }: MessageEvent<MarkdownPart>) => {
        wait();
        if (data.last) end();
        setParts((before) => {
          const known = before.of === text ? before.parts : [];
          return { parts: [...known, data.blocks], end: data.end, reading: !data.last, of: text };
        });
      });
      worker.postMessage({ text, whole, anchors } satisfies MarkdownRequest);
      wait();
    }
    return end;
  }, [text, whole, anchors, wanted]);
  return parts.of === text ? parts : NONE;
}
