"use client";

import { CornerDownRight } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Popover } from "#app/_ui/popover";
import { useShortcuts } from "#app/_ui/shortcut";

/** A button with a field that goes to a row by its number or by its name. */
export function GoToRow({
  onGo,
}: {
  /** Returns whether there is such a row. */ onGo: (text: string) => Promise<boolean>;
}) {
  const field = useId();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [missing, setMissing] = useState<string | null>(null);
  useShortcuts({ G: { label: "Go to row", run: () => box.current?.querySelector("button")?.click() } }, "Table");
  return (
    <div ref={box}>
      <Popover
        label="Go to row"
        title="Go to row (G)"
        look="quiet"
        align="right"
        button={
          <>
            <CornerDownRight aria-hidden className="size-4" />
            <span className="sr-only">Go to row</span>
          </>
        }
      >
        {(close) => (
          <form
            className="space-y-2 p-3"
            onSubmit={(event) => {
              event.preventDefault();
              onGo(text.trim()).then((found) => {
                setMissing(found ? null : text.trim());
                if (found) close();
              });
            }}
          >
            <div className="space-y-1 text-soft text-sm">
              <label htmlFor={field}>Number or key of the row</label>
              <TextField
                id={field}
                autoFocus
                value={text}
                onChange={(event) => setText(event.target.value)}
                className="w-full"
              />
            </div>
            {missing !== null && (
              <p role="alert" className="break-words text-danger text-sm">
                No row {missing} in this table.
              </p>
            )}
            <Button type="submit" look="primary" disabled={text.trim() === ""}>
              Go to row
            </Button>
          </form>
        )}
      </Popover>
    </div>
  );
}
