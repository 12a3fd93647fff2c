/** A page of a PDF: its lines, and addresses that a click on it opens. */
export interface PdfPage {
  lines: readonly string[];
  links?: readonly string[];
}

/** A PDF of A5 pages in Helvetica, which it does not contain, with so many bytes before its table of contents that nothing refers to. */
export function pdfOf(pages: readonly PdfPage[], unused = 0): Uint8Array<ArrayBuffer> {
  const first = 4;
  const kids = pages.map((_, at) => `${first + 2 * at} 0 R`);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${pages.length} /MediaBox [0 0 420 595] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.flatMap(({ lines, links = [] }, at) => [
      `<< /Type /Page /Parent 2 0 R /Contents ${first + 2 * at + 1} 0 R /Resources << /Font << /F 3 0 R >> >> /Annots [${links.map(linkTo).join(" ")}] >>`,
      streamOf(`BT /F 16 Tf 24 TL 40 520 Td ${lines.map((line) => `(${line}) Tj T*`).join(" ")} ET`),
    ]),
    streamOf(" ".repeat(unused)),
  ];
  return documentOf(objects);
}

/** A small PDF that has one page and says that it has 2,147,483,647. */
export function endlessPdf(): Uint8Array<ArrayBuffer> {
  const count = 2 ** 31 - 1;
  return documentOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [3 0 R 4 0 R] /Count ${count} /MediaBox [0 0 420 595] >>`,
    "<< /Type /Page /Parent 2 0 R >>",
    `<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count ${count - 1} >>`,
    `<< /Type /Pages /Parent 4 0 R /Kids [3 0 R] /Count ${count - 2} >>`,
    "<< /Type /Page /Parent 4 0 R >>",
  ]);
}

function documentOf(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

function streamOf(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function linkTo(address: string, at: number): string {
  const [from, to] = [515 - 24 * at, 535 - 24 * at];
  const action = address.startsWith("javascript:") ? `/S /JavaScript /JS (${address})` : `/S /URI /URI (${address})`;
  return `<< /Type /Annot /Subtype /Link /Rect [40 ${from} 300 ${to}] /Border [0 0 0] /A << ${action} >> >>`;
}
