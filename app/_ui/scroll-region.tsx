import type { ReactNode, Ref } from "react";

/** A part of the page that scrolls by itself, and so is named and can be reached and scrolled by keyboard. */
export function ScrollRegion({
  ref,
  label,
  className,
  children,
}: {
  ref?: Ref<HTMLElement>;
  label: string;
  className: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll it
    <section ref={ref} aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}
