"use client";

import { Upload } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { useRole } from "#app/_data/role";
import { Button } from "#app/_ui/button";
import { lazyPart, useLazyPart } from "#app/_ui/popup/lazy-part";
import { useShortcuts } from "#app/_ui/shortcut";
import { toast, toastLoadError } from "#app/_ui/toast";

const DIALOG = lazyPart(() => loadCode(() => import("./publish-dialog")).then((module) => module.PublishDialog));

/** Publishes a file that is dropped on the page, or chosen by a button; nothing for readers who may not publish. */
export function PublishFile({
  maxData,
  children,
}: {
  /** In bytes. */
  maxData: number;
  /** The label of the button. */
  children: ReactNode;
}) {
  const { mayWrite } = useRole();
  return mayWrite ? <FileButton maxData={maxData}>{children}</FileButton> : null;
}

function FileButton({ maxData, children }: Parameters<typeof PublishFile>[0]) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const close = () => setFile(null);
  const Dialog = useLazyPart(DIALOG, file !== null, () => {
    close();
    toastLoadError();
  });
  const isOver = useDrop(([first, ...others]) => {
    if (others.length > 0) toast("Drop one file at a time.", { tone: "danger" });
    else if (first) setFile(first);
  });
  const choose = () => input.current?.click();
  useShortcuts({ u: { label: "Publish a file", run: choose } });
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label="File to publish"
        hidden
        onChange={({ target }) => {
          setFile(target.files?.[0] ?? null);
          target.value = "";
        }}
      />
      <Button title="Publish a file (u)" aria-keyshortcuts="u" onClick={choose} onPointerEnter={DIALOG.prefetch}>
        <Upload aria-hidden className="size-4" />
        {children}
      </Button>
      {isOver && (
        <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center bg-canvas/80 p-6">
          <p className="rounded-xl border-2 border-accent border-dashed bg-raised px-10 py-8 font-medium text-lg shadow-lg">
            Drop to publish
          </p>
        </div>
      )}
      {file && Dialog && <Dialog file={file} maxData={maxData} onClose={close} />}
    </>
  );
}

/** Whether files are dragged over the page, which `onDrop` gets. */
function useDrop(onDrop: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const handle = useRef(onDrop);
  useEffect(() => {
    handle.current = onDrop;
  });
  useEffect(() => {
    const abort = new AbortController();
    const listen = (name: "dragover" | "dragleave" | "drop", listener: (event: DragEvent) => void) => {
      const onEvent = (event: DragEvent) => {
        if (event.dataTransfer?.types.includes("Files")) listener(event);
      };
      document.addEventListener(name, onEvent, { signal: abort.signal });
    };
    listen("dragover", (event) => {
      event.preventDefault();
      setIsOver(true);
    });
    listen("dragleave", ({ relatedTarget }) => {
      if (relatedTarget === null) setIsOver(false);
    });
    listen("drop", (event) => {
      event.preventDefault();
      setIsOver(false);
      const items = [...(event.dataTransfer?.items ?? [])];
      if (items.some((item) => item.webkitGetAsEntry()?.isDirectory)) {
        toast("Drop a file, not a folder. The command vitrine push publishes folders.", { tone: "danger" });
      } else handle.current([...(event.dataTransfer?.files ?? [])]);
    });
    return () => abort.abort();
  }, []);
  return isOver;
}
