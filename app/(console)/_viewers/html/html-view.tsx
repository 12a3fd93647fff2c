"use client";

import { Maximize, RotateCw } from "lucide-react";
import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "#app/_ui/button";

const never = () => () => {};

/** A report as it looks, or its source. */
export function HtmlView({ report, source }: { report: (attempt: number) => ReactNode; source: ReactNode }) {
  const view = useRef<HTMLDivElement>(null);
  const [showsSource, setShowsSource] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const canFill = useSyncExternalStore(
    never,
    () => document.fullscreenEnabled === true,
    () => true,
  );
  return (
    <div className="space-y-2">
      <div className="flex items-center gap-1 print:hidden">
        <Button look="quiet" aria-pressed={!showsSource} onClick={() => setShowsSource(false)}>
          Report
        </Button>
        <Button look="quiet" aria-pressed={showsSource} onClick={() => setShowsSource(true)}>
          Source
        </Button>
        {!showsSource && (
          <>
            <Button look="quiet" className="ml-auto" onClick={() => setAttempt(attempt + 1)}>
              <RotateCw aria-hidden className="size-3.5" />
              Reload
            </Button>
            {canFill && (
              <Button look="quiet" onClick={() => view.current?.requestFullscreen()}>
                <Maximize aria-hidden className="size-3.5" />
                Full screen
              </Button>
            )}
          </>
        )}
      </div>
      {showsSource ? (
        source
      ) : (
        <div
          ref={view}
          className="space-y-2 [&:fullscreen>iframe]:h-auto [&:fullscreen>iframe]:flex-1 [&:fullscreen>iframe]:rounded-none [&:fullscreen>iframe]:border-0 [&:fullscreen]:flex [&:fullscreen]:flex-col [&:fullscreen]:bg-page"
        >
          {report(attempt)}
        </div>
      )}
    </div>
  );
}
