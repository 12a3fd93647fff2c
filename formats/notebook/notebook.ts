import type { Json } from "#contract/json";
import { jsonProblem, positionText } from "../json-problem";
import { upgradedCell } from "./former";
import { cellsOf } from "./is-notebook";
import { imageOf, type Output, readOutputs } from "./output";
import { joined, membersOf } from "./text";

/** `id` is the name that nbformat 4.5 gives a cell; null without one. */
export type Cell = { id: string | null } & CellContent;

type CellContent =
  | {
      kind: "markdown";
      source: string;
      /** The data URLs of images by their names. */
      attachments: Record<string, string>;
    }
  | { kind: "raw"; source: string }
  | {
      kind: "code";
      source: string;
      language: string;
      /** The number of the run that made the outputs. */
      count: number | null;
      outputs: Output[];
    };

export interface NotebookHead {
  /** `Python 3 (ipykernel)`, or the language. */
  kernel: string;
  language: string;
  count: number;
}

export interface Notebook extends NotebookHead {
  cells: Iterable<Cell>;
}

/** The notebook that a text is, or why it is none, as a sentence. Its cells are read as they are taken. */
export function parseNotebook(text: string): Notebook | string {
  let data: Json;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const problem = jsonProblem(text);
    if (!problem) return error instanceof Error ? error.message : "This isn't JSON.";
    const where = problem.at === null ? "" : ` in ${positionText(text, problem.at)}`;
    return `This isn't JSON: ${problem.message}${where}.`;
  }
  return readNotebook(data) ?? "This isn't a notebook: it has no list of cells.";
}

/** The notebook that data are; null for other data. Its cells are read as they are taken. */
export function readNotebook(data: Json): Notebook | null {
  const notebook = membersOf(data);
  const cells = cellsOf(notebook);
  if (!cells) return null;
  const { kernelspec, language_info: info } = membersOf(notebook.metadata);
  const kernel = membersOf(kernelspec);
  const language = textOf(membersOf(info).name) ?? textOf(kernel.language) ?? languageOf3(cells) ?? "python";
  return {
    kernel: textOf(kernel.display_name) ?? language,
    language: language.toLowerCase(),
    count: cells.length,
    cells: readCells(cells, language.toLowerCase(), !Array.isArray(notebook.cells)),
  };
}

function languageOf3(cells: Json[]): string | null {
  for (const cell of cells) {
    const language = textOf(membersOf(cell).language);
    if (language !== null) return language;
  }
  return null;
}

function textOf(data: Json | undefined): string | null {
  return typeof data === "string" && data !== "" ? data : null;
}

function* readCells(cells: Json[], language: string, isFormer: boolean): Generator<Cell> {
  for (const data of cells) {
    const cell = membersOf(isFormer ? upgradedCell(data) : data);
    yield { id: textOf(cell.id), ...contentOf(cell, language) };
  }
}

function contentOf(cell: { [name: string]: Json }, language: string): CellContent {
  const { cell_type: type, attachments, execution_count: count } = cell;
  const source = joined(cell.source) ?? "";
  if (type === "markdown") return { kind: "markdown", source, attachments: attachmentsOf(attachments) };
  if (type !== "code") return { kind: "raw", source };
  return {
    kind: "code",
    source,
    language: magicLanguage(source) ?? language,
    count: typeof count === "number" ? count : null,
    outputs: readOutputs(cell.outputs),
  };
}

function attachmentsOf(data: Json | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(membersOf(data)).flatMap(([name, forms]) => {
      const image = imageOf(membersOf(forms));
      return image === null ? [] : [[name, image]];
    }),
  );
}

const MAGICS: Record<string, string> = { sh: "bash", js: "javascript", "!": "bash", svg: "xml", script: "bash" };

/** The language that a first line such as `%%bash` names. */
function magicLanguage(source: string): string | null {
  const name = /^%%(!|bash|sh|script|sql|html|svg|javascript|js|latex|ruby|perl|R)\b/.exec(source)?.[1];
  return name === undefined ? null : (MAGICS[name] ?? name.toLowerCase());
}

/** What the find bar finds in a cell: its source, and its outputs as far as they are text. */
export function findableText(cell: Cell): string {
  if (cell.kind !== "code") return cell.source;
  const texts = cell.outputs.map((output) => {
    if (output.kind === "text" || output.kind === "markdown" || output.kind === "math") return output.text;
    return output.kind === "html" ? (output.text ?? "") : "";
  });
  return [cell.source, ...texts].join("\n");
}
