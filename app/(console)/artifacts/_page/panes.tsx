"use client";

import { PanelRightClose, PanelRightOpen } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#app/_ui/button";
import { keepChoice } from "#app/_ui/cookie";
import { FACTS_COOKIE } from "./facts-cookie";

/**
 * History, content and facts: beside each other on a wide screen, where the facts can be hidden; below 1280 px the facts
 * follow the content, and below 1024 px the history is in the header.
 */
export function Panes({
  history,
  facts,
  factsHidden,
  children,
}: {
  history: ReactNode;
  /** Absent for a version that does not exist. */
  facts?: ReactNode;
  /** Whether the reader hid the facts, from a cookie. */
  factsHidden: boolean;
  children: ReactNode;
}) {
  const [hidden, setHidden] = useState(factsHidden);
  const toggle = () => {
    setHidden(!hidden);
    keepChoice(FACTS_COOKIE, hidden ? null : "hidden");
  };
  const hasFacts = Boolean(facts);
  const columns = [
    history ? "lg:grid-cols-[17rem_minmax(0,1fr)]" : "",
    hasFacts &&
      history &&
      (hidden ? "xl:grid-cols-[17rem_minmax(0,1fr)_2rem]" : "xl:grid-cols-[17rem_minmax(0,1fr)_17rem]"),
    hasFacts && !history && (hidden ? "xl:grid-cols-[minmax(0,1fr)_2rem]" : "xl:grid-cols-[minmax(0,1fr)_17rem]"),
  ];
  return (
    <div className={`mt-5 grid gap-x-8 gap-y-8 print:block print:space-y-8 ${columns.filter(Boolean).join(" ")}`}>
      {history && (
        <div
          data-scrolls
          className="min-w-0 max-lg:hidden noscript:max-lg:order-2 noscript:max-lg:block lg:sticky lg:top-16 lg:row-span-2 lg:-mx-1 lg:max-h-[calc(100dvh-5rem)] lg:self-start lg:overflow-y-auto lg:px-1 lg:pb-2 xl:row-span-1 print:hidden"
        >
          {history}
        </div>
      )}
      <div className="min-w-0">{children}</div>
      {hasFacts && (
        <aside
          id="facts"
          aria-label="About this version"
          className="min-w-0 scroll-mt-16 max-xl:border-t max-xl:pt-5 xl:sticky xl:top-16 xl:-mx-1 xl:max-h-[calc(100dvh-5rem)] xl:self-start xl:overflow-y-auto xl:px-1 xl:pb-2 print:static print:max-h-none print:overflow-visible"
        >
          <div className="mb-2 flex h-8 items-center justify-between gap-2">
            <h2 className={`font-medium text-sm ${hidden ? "xl:hidden" : ""}`}>Details</h2>
            <Button
              look="quiet"
              aria-expanded={!hidden}
              aria-label={hidden ? "Show details" : "Hide details"}
              title={hidden ? "Show details" : "Hide details"}
              onClick={toggle}
              className="-mr-1 w-8 px-0! max-xl:hidden"
            >
              {hidden ? (
                <PanelRightOpen aria-hidden className="size-4" />
              ) : (
                <PanelRightClose aria-hidden className="size-4" />
              )}
            </Button>
          </div>
          <div className={`space-y-7 ${hidden ? "xl:hidden" : ""}`}>{facts}</div>
        </aside>
      )}
    </div>
  );
}
