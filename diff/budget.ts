/** How long a comparison may go on, and which of its parts were cut short for it. */
export interface Budget {
  /** Milliseconds that are left; never negative. */
  left(): number;
  /** Notes, for the reader, that something was not done in full. Says each sentence once. */
  cut(sentence: string): void;
  readonly cuts: string[];
}

/** A budget of so many milliseconds from now. */
export function budgetOf(milliseconds: number): Budget {
  const end = performance.now() + milliseconds;
  const cuts: string[] = [];
  return {
    left: () => Math.max(0, end - performance.now()),
    cut: (sentence) => {
      if (!cuts.includes(sentence)) cuts.push(sentence);
    },
    cuts,
  };
}
