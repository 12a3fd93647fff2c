/** A broken law of the store (design: the laws of the data): which one, for which key, and what is wrong. */
export interface Violation {
  law: 1 | 2 | 3 | 4 | 6;
  key: string;
  problem: string;
}
