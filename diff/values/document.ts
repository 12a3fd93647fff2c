/** A document that is compared part by part: a notebook by its cells, a PDF by its pages. */
export interface PartedDocument {
  noun: "cell" | "page";
  parts: DocumentPart[];
}

export interface DocumentPart {
  /** What it is called in all versions; null where the document has no such names. */
  id: string | null;
  /** As `code`, of a cell; "" where all parts are of one kind. */
  kind: string;
  text: string;
  /** What it put out or has attached, which is compared apart; null of parts that put out nothing. */
  output: PartOutput | null;
}

export interface PartOutput {
  text: string;
  /** Of what is shown as HTML and has a text too, which says less: the HTML, compared where the texts are equal. */
  html: string;
  /** As URLs. */
  images: string[];
}
