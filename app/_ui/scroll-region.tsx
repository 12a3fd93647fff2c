import type { ReactNode, Ref } from "react";

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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it makes the region scrollable by keyboard
    <section ref={ref} aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}
