import { similarName } from "#contract/rules/similar-name";

/** A question for a name that was mistyped, with a space before it; empty where no known name is similar. */
export function didYouMean(name: string, known: readonly string[]): string {
  const similar = similarName(name, known);
  return similar === undefined ? "" : ` Did you mean "${similar}"?`;
}
