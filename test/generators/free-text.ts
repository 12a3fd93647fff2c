import type { Json } from "#contract/json";
import type { TextTerm } from "#contract/query/tree";
import { nameOf } from "#formats/search/text";
import { normalized, wordsOf } from "#formats/search/words";

/**
 * Whether free text is found, by looking at each field.
 * @param fields in which words are found
 * @param names in which parts of words are found, too
 */
export function isFound(fields: string[], names: string[], { text, kind }: TextTerm): boolean {
  const sought = wordsOf(nameOf(text));
  const inWords = fields.some((field) => {
    const words = wordsOf(normalized(field));
    return words.some((_, at) =>
      sought.every((each, i) => {
        const word = words[at + i] ?? "";
        return kind === "prefix" && i === sought.length - 1 ? word.startsWith(each) : word === each;
      }),
    );
  });
  const part = nameOf(text);
  const isPart =
    kind !== "phrase" && /[\p{L}\p{N}]{3}/u.test(part) && names.some((name) => nameOf(name).includes(part));
  return (sought.length > 0 && inWords) || isPart;
}

/** The texts in data or metadata, by parsing it, and the names of the columns of a table. */
export function textsIn(data: Json, isTable = false): { fields: string[]; columns: string[] } {
  if (typeof data !== "object" || data === null) return { fields: data === null ? [] : [String(data)], columns: [] };
  const fields: string[] = [];
  const columns: string[] = [];
  const visit = (value: Json, path: string[], depth: number) => {
    if (value === null) return;
    if (typeof value !== "object") fields.push([...path, String(value)].join(" "));
    else if (Array.isArray(value)) for (const each of value) visit(each, path, depth + 1);
    else
      for (const [name, each] of Object.entries(value)) {
        const isColumn = isTable && depth === (Array.isArray(data) ? 1 : 0);
        if (isColumn) columns.push(name);
        visit(each, isColumn ? [] : [...path, name], depth + 1);
      }
  };
  visit(data, [], 0);
  return { fields: [...fields, ...columns], columns };
}
