"use client";

import { useEffect, useState } from "react";
import type { Block } from "./block";
import type { MarkdownPart, MarkdownRequest } from "./worker";

/** In milliseconds. A part that takes longer ends the parsing. */
const PART_TIMEOUT = 3000;
/** In milliseconds. In a preview the text changes with every keystroke. */
const DEBOUNCE = 100;

export interface ParsedParts {
  parts: Block[][];
  /** The offset in the text after the last part; the rest was too slow or too much while `parsing` is false. */
  end: number;
  parsing: boolean;
}

const NONE: ParsedParts = { parts: [], end: 0, parsing: true };

/** Parses a document in a worker, part by part. Nothing is parsed unless `enabled`. */
export function useParsedParts(
  text: string,
  { whole, anchors, enabled }: { whole: boolean; anchors: boolean; enabled: boolean },
): ParsedParts {
  const [parsed, setParsed] = useState<ParsedParts & { text: string }>({ ...NONE, text });
  useEffect(() => {
    if (!enabled) return;
    let worker: Worker | null = null;
    let timer = setTimeout(start, DEBOUNCE);
    const end = () => {
      clearTimeout(timer);
      worker?.terminate();
    };
    const giveUp = () => {
      end();
      setParsed((before) => ({ ...(before.text === text ? before : NONE), text, parsing: false }));
    };
    const restartTimeout = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, PART_TIMEOUT);
    };
    function start() {
      worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("error", giveUp);
      worker.addEventListener("message", ({ data }: MessageEvent<MarkdownPart>) => {
        restartTimeout();
        if (data.last) end();
        setParsed((before) => {
          const parts = before.text === text ? before.parts : [];
          return { parts: [...parts, data.blocks], end: data.end, parsing: !data.last, text };
        });
      });
      worker.postMessage({ text, whole, anchors } satisfies MarkdownRequest);
      restartTimeout();
    }
    return end;
  }, [text, whole, anchors, enabled]);
  return parsed.text === text ? parsed : NONE;
}
