import { useEffect, useState } from "react";

/** Moves the focus to the first row of the list on the page, once it has the rows that are `pending`. */
export function useGoToList(pending: boolean): () => void {
  const [going, setGoing] = useState(false);
  useEffect(() => {
    if (!going || pending) return;
    setGoing(false);
    document.querySelector<HTMLElement>("[data-row-focus]")?.focus();
  }, [going, pending]);
  return () => setGoing(true);
}
