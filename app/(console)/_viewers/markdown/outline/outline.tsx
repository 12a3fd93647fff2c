"use client";

import { TableOfContents } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { Popover } from "#app/_ui/popover";
import { formatCount } from "#formats/number";
import { useCurrentHeading } from "./current-heading";
import { useGoToHeading } from "./go-to-heading";
import { type Heading, type OutlineEntry, outlineOf } from "./headings";

const LABEL = "On this page";

/**
 * The headings of a document, which mark the one in view: a list beside the text where there is room, else a button with
 * the list. Which of them is by the width of the container `document`.
 */
export function Outline({
  headings,
  content,
}: {
  headings: readonly Heading[];
  /** What has the headings. */
  content: RefObject<HTMLElement | null>;
}) {
  const { entries, left } = useMemo(() => outlineOf(headings), [headings]);
  const ids = useMemo(() => new Set(entries.map(({ id }) => id)), [entries]);
  const current = useCurrentHeading(content, ids);
  const goTo = useGoToHeading(content, ids);
  const first = useRef<HTMLAnchorElement>(null);
  const list = { entries, left, current, onGo: goTo };
  return (
    <>
      <nav aria-label={LABEL} className="hidden @min-[61rem]/document:block">
        <Rail {...list} />
      </nav>
      <div className="flex h-10 items-center border-b bg-canvas noscript:hidden @min-[61rem]/document:hidden">
        <Popover
          label={LABEL}
          look="quiet"
          first={first}
          className="-ml-2.5 min-w-0 shrink!"
          button={
            <>
              <TableOfContents aria-hidden className="size-4 shrink-0" />
              {LABEL}
              <span aria-hidden className="min-w-0 truncate font-normal text-faint">
                {entries.find(({ id }) => id === current)?.title}
              </span>
            </>
          }
        >
          {(close) => (
            <nav aria-label={LABEL} className="p-2">
              <Entries
                {...list}
                first={first}
                onGo={(id) => {
                  close();
                  // The focus first returns to the button.
                  requestAnimationFrame(() => goTo(id));
                }}
              />
            </nav>
          )}
        </Popover>
      </div>
    </>
  );
}

interface ListProps {
  entries: readonly OutlineEntry[];
  /** How many headings the entries leave out. */
  left: number;
  current: string | null;
  onGo: (id: string) => void;
}

/** The list in a column of its own, which keeps the current entry in view. */
function Rail(props: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const { current } = props;
  useEffect(() => {
    const link = current === null ? null : box.current?.querySelector("[aria-current]");
    if (!box.current || !link) return;
    const [shown, inner] = [box.current.getBoundingClientRect(), link.getBoundingClientRect()];
    if (inner.top < shown.top) box.current.scrollTop -= shown.top - inner.top + shown.height / 3;
    if (inner.bottom > shown.bottom) box.current.scrollTop += inner.bottom - shown.bottom + shown.height / 3;
  }, [current]);
  return (
    <div ref={box} className="max-h-[calc(100dvh-6rem)] overflow-y-auto pb-2">
      <p className="mb-1.5 pl-3 font-medium text-sm">{LABEL}</p>
      <Entries {...props} />
    </div>
  );
}

const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Arrow keys, Home and End move the focus from link to link. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
  const move = MOVES[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll("a")];
  event.preventDefault();
  links[
    move(
      links.findIndex((link) => link.matches(":focus")),
      links.length,
    )
  ]?.focus();
}

function Entries({ entries, left, current, onGo, first }: ListProps & { first?: RefObject<HTMLAnchorElement | null> }) {
  const [initial] = useState(current);
  return (
    <>
      <ul onKeyDown={moveFocus} className="text-sm">
        {entries.map(({ id, title, indent }) => (
          <li key={id}>
            <a
              ref={id === initial ? first : undefined}
              href={`#${id}`}
              aria-current={id === current ? "location" : undefined}
              onClick={() => onGo(id)}
              onFocus={({ currentTarget }) => first && currentTarget.scrollIntoView({ block: "nearest" })}
              style={{ paddingLeft: `${0.75 + indent * 0.75}rem` }}
              className="block border-line border-l-2 py-1 pr-2 text-soft [overflow-wrap:anywhere] hover:text-ink focus-visible:-outline-offset-2 aria-[current]:border-accent aria-[current]:text-ink"
            >
              <bdi>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
      {left > 0 && <p className="py-1 pl-3 text-faint text-sm">and {formatCount(left)} more</p>}
    </>
  );
}
