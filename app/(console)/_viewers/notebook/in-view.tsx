"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

/** Space above and below the view within which things are rendered already. */
const MARGIN = "1200px 0px";

/** Renders its content once it comes near the view, and until then keeps `height` pixels for it. */
export function InView({
  height,
  isForced,
  children,
}: {
  height: number;
  /** Renders it at once. */
  isForced: boolean;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [wasNear, setNear] = useState(false);
  const isShown = isForced || wasNear;
  useEffect(() => {
    const element = place.current;
    if (isShown || !element) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isShown]);
  return isShown ? children : <div ref={place} style={{ height }} />;
}
