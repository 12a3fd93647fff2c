import { useEffect, useState } from "react";

/** In milliseconds. */
const SEARCH_DELAY = 120;

/** A text once nobody has typed for a moment, to search for. */
export function useDelayed(text: string): string {
  const [delayed, setDelayed] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(text), SEARCH_DELAY);
    return () => clearTimeout(timer);
  }, [text]);
  return delayed;
}
