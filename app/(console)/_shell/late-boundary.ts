import { Fragment, Suspense, useState } from "react";

/**
 * The parent of content that is loaded on demand: none where the server renders the content, which would stay hidden
 * without JavaScript, else one that loads it without hiding what is around it. `shown`: whether the content is shown now.
 */
export function useLateBoundary(shown: boolean) {
  const [fromServer] = useState(shown);
  return fromServer ? Fragment : Suspense;
}
