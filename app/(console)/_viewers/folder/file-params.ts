import { parseAsString } from "nuqs";

/** The search parameter of the file that is shown of a folder. */
export const fileParsers = { file: parseAsString.withOptions({ history: "push" }) };
