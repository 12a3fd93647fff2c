/** Over the right side of the list, whose rows stay where they are. */
export const PEEK_DRAWER =
  "drawer fixed top-17 right-4 bottom-4 z-[9] w-[clamp(26rem,46vw,44rem)] overflow-y-auto rounded-xl border border-edge bg-surface shadow-2xl";
