import { ChevronLeft, ChevronRight, LayoutGrid } from "lucide-react";
import { Button } from "#app/_ui/button";
import { formatCount } from "#formats/number";

/** What a step began at, which has the focus after it. */
export type StepOrigin = "previous" | "next" | "image";

/** Above one of several images: which it is, steps to the others, and whether all are shown. */
export function GalleryBar({
  at,
  count,
  isGrid,
  onStep,
  onGrid,
}: {
  /** From 0 on. */
  at: number;
  count: number;
  isGrid: boolean;
  onStep: (by: number, origin: StepOrigin) => void;
  onGrid: () => void;
}) {
  return (
    <div role="toolbar" aria-label="Gallery" className="flex items-center gap-1 text-sm print:hidden">
      <Button
        look="quiet"
        aria-label="Previous image"
        data-gallery="previous"
        onClick={() => onStep(-1, "previous")}
        className="-ml-2"
      >
        <ChevronLeft aria-hidden className="size-4" />
      </Button>
      <span data-gallery="image" tabIndex={-1} className="min-w-16 text-center text-soft tabular-nums outline-none">
        {formatCount(at + 1)} of {formatCount(count)}
      </span>
      <Button look="quiet" aria-label="Next image" data-gallery="next" onClick={() => onStep(1, "next")}>
        <ChevronRight aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" aria-pressed={isGrid} onClick={onGrid} className="-mr-2 ml-auto">
        <LayoutGrid aria-hidden className="size-4" />
        All images
      </Button>
    </div>
  );
}

/** Gives the focus to what a step began at, in the view of the image that the step led to: of the image, to where its keys work. */
export function focusAfterStep(origin: StepOrigin, within: ParentNode = document): void {
  const view = origin === "image" ? within.querySelector<HTMLElement>("[data-gallery=view] > section") : null;
  const element = view ?? within.querySelector<HTMLElement>(`[data-gallery="${origin}"]`);
  element?.focus({ preventScroll: true });
}

/** The step of an arrow key; null for another key, and where the arrow scrolls what has the focus. */
export function stepOf({
  key,
  target,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, "key" | "target" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): {
  by: number;
  origin: StepOrigin;
} | null {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (by === undefined || ctrlKey || metaKey || altKey || shiftKey) return null;
  if (!(target instanceof HTMLElement) || target.scrollWidth > target.clientWidth) return null;
  const { gallery } = target.dataset;
  return { by, origin: gallery === "next" || gallery === "previous" ? gallery : "image" };
}
