"use client";

import { useEffect, useMemo, useState } from "react";
import type { Block } from "./parse/block";
import { addPart, type Message } from "./parse/message";
import type { MarkdownRequest } from "./parse/worker";

/** In milliseconds: what parsing may take, with a share for each character that slow computers need too. */
const TIMEOUT = 3000;
const TIMEOUT_PER_CHARACTER = 0.03;
/** In milliseconds. In a preview the text changes with every keystroke. */
const DEBOUNCE = 100;

export interface ParsedDocument {
  /** Those that are complete. */
  groups: Block[][];
  /** The offset in the text after all groups; null while it is parsed, 0 if that took too long or failed. */
  end: number | null;
}

const NONE: ParsedDocument = { groups: [], end: null };

/** Parses a document in a worker. Nothing is parsed unless `enabled`. */
export function useDocument(
  text: string,
  { anchors, enabled }: { anchors: boolean; enabled: boolean },
): ParsedDocument {
  const request = useMemo(() => ({ text, anchors }) satisfies MarkdownRequest, [text, anchors]);
  return useWorkerDocument(createWorker, request, text.length, enabled);
}

function createWorker(): Worker {
  return new Worker(new URL("./parse/worker.ts", import.meta.url), { type: "module" });
}

/**
 * The document that a new worker makes of a request, which must be the same object as long as it has the same content.
 * @param length how many characters the worker parses, for its time limit
 */
export function useWorkerDocument(
  create: () => Worker,
  request: object,
  length: number,
  enabled: boolean,
): ParsedDocument {
  const [parsed, setParsed] = useState<ParsedDocument & { request: object | null }>({ ...NONE, request: null });
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
      setParsed({ groups: [], end: 0, request });
    };
    function start() {
      worker = create();
      worker.addEventListener("error", giveUp);
      const groups: Block[][] = [];
      let group: Block[] | null = null;
      worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
        if ("part" in data) {
          if (group) addPart(group, data.part, data.of);
          return;
        }
        if (group) groups.push(group);
        group = "group" in data ? data.group : null;
        if ("end" in data) end();
        setParsed({ groups: [...groups], end: "end" in data ? data.end : null, request });
      });
      worker.postMessage(request);
      timer = setTimeout(giveUp, TIMEOUT + length * TIMEOUT_PER_CHARACTER);
    }
    return end;
  }, [create, request, length, enabled]);
  return parsed.request === request ? parsed : NONE;
}
