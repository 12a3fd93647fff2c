import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { partsIn, type StreamedPart } from "#contract/backup-stream";

/** A part whose head has the right size and checksum. */
export function partOf(head: object, content: Buffer): Pick<StreamedPart, "line" | "content"> {
  const sum = createHash("sha256").update(content).digest("hex");
  return { line: Buffer.from(`${JSON.stringify({ ...head, bytes: content.byteLength, sum })}\n`), content };
}

/** The parts of a whole backup. */
export async function partsOf(bytes: Uint8Array): Promise<StreamedPart[]> {
  const parts = [];
  for await (const part of partsIn(Readable.from([bytes]))) parts.push(part);
  if (parts.at(-1)?.end !== bytes.byteLength) throw new Error("The backup does not end with its last part.");
  return parts;
}
