"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { formatCount } from "#formats/number";
import type { Pdf } from "./library";

/** More would take the memory of a browser. */
const MAX_PAGES = 200;

/** In points of the page: 150 for an inch. */
const SCALE = 150 / 72;

/** In pixels of a canvas: a larger page is drawn with less detail. */
const MAX_PIXELS = 2 ** 24;
const MAX_SIDE = 16_384;

/** Draws all pages for paper, and then prints them alone. */
export function PrintedPdf({ pdf, onEnd }: { pdf: Pdf; onEnd: () => void }) {
  const { document: file } = pdf;
  const [urls, setUrls] = useState<readonly string[]>([]);
  const [isReady, setReady] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const count = Math.min(MAX_PAGES, file.numPages);
  useEffect(() => {
    const rendered: string[] = [];
    let isCurrent = true;
    const draw = async () => {
      for (let page = 1; page <= count && isCurrent; page += 1) {
        const url = await drawPage(pdf, page);
        if (!isCurrent) URL.revokeObjectURL(url);
        else rendered.push(url);
        if (isCurrent) setUrls([...rendered]);
      }
      if (isCurrent) setReady(true);
    };
    draw().catch(() => {
      if (isCurrent) setFailed(true);
    });
    return () => {
      isCurrent = false;
      for (const url of rendered) URL.revokeObjectURL(url);
    };
  }, [pdf, count]);
  useEffect(() => {
    if (!isReady) return;
    const root = document.documentElement;
    let isCurrent = true;
    const decode = async () => {
      // One by one: all of them at once take the memory of a browser.
      for (const image of document.querySelectorAll<HTMLImageElement>(".pdf-print img")) {
        await image.decode().catch(() => {});
      }
    };
    decode().then(() => {
      if (!isCurrent) return;
      root.classList.add("pdf-printing");
      addEventListener("afterprint", onEnd, { once: true });
      print();
    });
    return () => {
      isCurrent = false;
      root.classList.remove("pdf-printing");
      removeEventListener("afterprint", onEnd);
    };
  }, [isReady, onEnd]);
  const page = Math.min(count, urls.length + 1);
  if (hasFailed) {
    return (
      <Notice tone="danger" action={<Button onClick={onEnd}>Close</Button>}>
        Page {formatCount(page)} could not be drawn for printing. Download the file to print it.
      </Notice>
    );
  }
  return (
    <>
      <Notice action={<Button onClick={onEnd}>Cancel</Button>}>
        <span aria-hidden>
          Preparing page {formatCount(page)} of {formatCount(count)} for printing…
        </span>
        {/* Each page would be too much to hear. */}
        <span className="sr-only">
          Preparing page {formatCount(page - (page % 10) || 1)} of {formatCount(count)} for printing…
        </span>
        {count < file.numPages && " Download the file to print all of its pages."}
      </Notice>
      {createPortal(
        <div className="pdf-print">
          {urls.map((url, at) => (
            // biome-ignore lint/performance/noImgElement: it is rendered here
            <img key={url} src={url} alt={`Page ${at + 1}`} />
          ))}
        </div>,
        document.body,
      )}
    </>
  );
}

async function drawPage({ document: file }: Pdf, number: number): Promise<string> {
  const page = await file.getPage(number);
  const { width, height } = page.getViewport({ scale: SCALE });
  const part = Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)), MAX_SIDE / Math.max(width, height));
  const viewport = page.getViewport({ scale: SCALE * part });
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  await page.render({ canvas, viewport, intent: "print" }).promise;
  const image = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!image) throw new Error("The page is too large for a canvas.");
  return URL.createObjectURL(image);
}
