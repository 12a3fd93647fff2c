import { type RefObject, useEffect, useState } from "react";
import { idInUrl } from "./go-to-heading";

const HEADINGS = ":is(h1, h2, h3, h4, h5, h6)[id]";
/** In pixels from the top of the window: a heading above it has been reached, also one that was just gone to. */
const LINE = 128;

/** The id of the last of the headings that was scrolled past; that of the first one before. */
export function useCurrentHeading(content: RefObject<HTMLElement | null>, ids: ReadonlySet<string>): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    let frame = 0;
    const update = () => {
      frame = 0;
      if (content.current) setCurrent(headingInView(content.current, ids));
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(update);
    };
    schedule();
    addEventListener("scroll", schedule, { passive: true });
    addEventListener("resize", schedule);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", schedule);
      removeEventListener("resize", schedule);
    };
  }, [content, ids]);
  return current ?? [...ids][0] ?? null;
}

/** Reads positions only within the part of a document at the line: parts out of view are not laid out, which reading would change. */
function headingInView(content: HTMLElement, ids: ReadonlySet<string>): string | null {
  const parts = [...content.querySelectorAll(".prose")];
  const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  if (isAtEnd) return targetInView(ids) ?? lastAbove(parts, ids, innerHeight);
  return lastAbove(parts, ids, LINE);
}

/** The heading that the URL leads to, if it is in view: at the end of a page it may not reach the line. */
function targetInView(ids: ReadonlySet<string>): string | null {
  const id = idInUrl();
  if (id === null || !ids.has(id)) return null;
  const top = document.getElementById(id)?.getBoundingClientRect().top ?? -1;
  return top > 0 && top < innerHeight ? id : null;
}

function lastAbove(parts: Element[], ids: ReadonlySet<string>, line: number): string | null {
  const isAbove = (element: Element) => element.getBoundingClientRect().top <= line;
  const last = parts.findLastIndex(isAbove);
  for (let at = last; at >= 0; at -= 1) {
    const headings = [...(parts[at]?.querySelectorAll(HEADINGS) ?? [])].filter(({ id }) => ids.has(id));
    const reached = at === last ? headings.findLast(isAbove) : headings.at(-1);
    if (reached) return reached.id;
  }
  return null;
}
