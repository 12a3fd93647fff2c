import type { Run } from "../text/runs";
import { highlightedLines } from "./highlighted-lines";

export interface CodeRequest {
  text: string;
  language: string;
}

/** The runs of so many lines are sent at once. */
const LINES = 1_000;

addEventListener("message", ({ data: { text, language } }: MessageEvent<CodeRequest>) => {
  let lines: Run[][] = [];
  for (const line of highlightedLines(language, text)) {
    if (lines.push(line) < LINES) continue;
    postMessage(lines);
    lines = [];
  }
  postMessage(lines);
  close();
});
