/** A carriage return within a line writes over what is before it, as progress bars do; at its end it is a part of the line break. */
export function withoutOverwritten(text: string): string {
  if (!text.includes("\r")) return text;
  return text.split("\n").map(afterLastReturn).join("\n");
}

function afterLastReturn(line: string): string {
  let end = line.length;
  while (line[end - 1] === "\r") end -= 1;
  const written = line.slice(0, end);
  return written.slice(written.lastIndexOf("\r") + 1);
}
