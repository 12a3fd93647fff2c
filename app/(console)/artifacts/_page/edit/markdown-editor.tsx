"use client";

import dynamic from "next/dynamic";
import { type Ref, Suspense, useDeferredValue, useId, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { TextArea } from "#app/_ui/field";
import { useMedia } from "#app/_ui/media";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { ViewSwitch } from "./view-switch";

const Markdown = dynamic(() =>
  loadCode(() => import("../../../_viewers/markdown/markdown")).then((module) => module.Markdown),
);

/** The width of a window in which both sides fit beside each other. */
const WIDE = "(min-width: 1024px)";
const HEIGHT = "max-h-[60vh] min-h-32";

/** A markdown text beside its preview; in a narrow window one of them at a time. */
export function MarkdownEditor({
  ref,
  label,
  value,
  compact = false,
  mono = false,
  onChange,
}: {
  ref?: Ref<HTMLTextAreaElement>;
  label: string;
  value: string;
  /** For descriptions: the preview is smaller. */
  compact?: boolean;
  mono?: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const isWide = useMedia(WIDE, true);
  const [tab, setTab] = useState<"Write" | "Preview">("Write");
  const shown = useDeferredValue(value);
  const writes = isWide || tab === "Write";
  return (
    <div>
      <div className="mb-1.5 flex min-h-7 items-center gap-2">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <span className="text-faint text-xs">Markdown</span>
        {!isWide && <ViewSwitch label={`${label} view`} names={["Write", "Preview"]} shown={tab} onShow={setTab} />}
      </div>
      <div className={isWide ? "grid grid-cols-2 gap-4" : ""}>
        <TextArea
          ref={ref}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`field-sizing-content ${HEIGHT} ${mono ? "font-mono text-[13px]" : ""} ${writes ? "" : "hidden"}`}
        />
        {(isWide || tab === "Preview") && (
          <ScrollRegion label={`${label} preview`} className={`${HEIGHT} overflow-auto rounded-md border px-3 py-2`}>
            {shown.trim() === "" ? (
              <span className="text-faint text-sm">Nothing to preview</span>
            ) : (
              // Without it the whole form would wait for the code, and lose what is typed meanwhile.
              <Suspense fallback={null}>
                <Markdown text={shown} compact={compact} />
              </Suspense>
            )}
          </ScrollRegion>
        )}
      </div>
    </div>
  );
}
