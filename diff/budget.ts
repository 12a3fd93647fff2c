/** The time that a comparison may take, and what was left out to stay within it. */
export interface Budget {
  /** Milliseconds that are left; never negative. */
  left(): number;
  /** Records a sentence, for the reader, about something that was not done in full; each sentence once. */
  note(sentence: string): void;
  readonly notes: string[];
}

export function createBudget(milliseconds: number): Budget {
  const end = performance.now() + milliseconds;
  const notes: string[] = [];
  return {
    left: () => Math.max(0, end - performance.now()),
    note: (sentence) => {
      if (!notes.includes(sentence)) notes.push(sentence);
    },
    notes,
  };
}
