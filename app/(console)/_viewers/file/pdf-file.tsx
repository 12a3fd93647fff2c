"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { formatCount } from "#formats/number";
import { MAX_PAGES } from "../pdf/library";
import { PdfView } from "../pdf/pdf-view";
import { usePdf } from "../pdf/use-pdf";
import { DataError, Loading } from "../shared/data-status";
import { HexFile } from "./hex-file";
import type { FileViewerProps } from "./viewer-props";

/** A PDF page by page, after its password where it has one. */
export function PdfFile(props: FileViewerProps) {
  const { file, url } = props;
  const { state, isMissing, retry } = usePdf(url, file.size);
  switch (state.status) {
    case "loading":
      return isMissing ? <DataError onRetry={retry} /> : <Loading>Opening the document…</Loading>;
    case "locked":
      return <Password isWrong={state.isWrong} onPassword={state.unlock} />;
    case "damaged":
      return <HexFile {...props} problem="This file isn't a PDF, or it is damaged: it can't be read." />;
    case "long":
      return (
        <HexFile
          {...props}
          problem={`This PDF says that it has more than ${formatCount(MAX_PAGES)} pages, which can't be shown. Download it to open it.`}
        />
      );
    case "failed":
      return <DataError onRetry={retry} />;
    case "open":
      return (
        <div className="space-y-3">
          {isMissing && <DataError onRetry={retry} />}
          <PdfView pdf={state.pdf} name={file.path} />
        </div>
      );
  }
}

function Password({ isWrong, onPassword }: { isWrong: boolean; onPassword: (password: string) => void }) {
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWrong) field.current?.focus();
  }, [isWrong]);
  const open = (event: FormEvent) => {
    event.preventDefault();
    onPassword(password);
  };
  return (
    <form onSubmit={open} className="mx-auto max-w-sm space-y-3 py-10">
      <p role="status">
        {isWrong ? "This is not the password of the document." : "The document is protected by a password."}
      </p>
      <div className="flex gap-2">
        <TextField
          ref={field}
          type="password"
          aria-label="Password of the document"
          autoComplete="off"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          className="min-w-0 flex-1"
        />
        <Button type="submit" look="primary" disabled={password === ""}>
          Open
        </Button>
      </div>
    </form>
  );
}
