/** The colours of a palette: of a list of `#rrggbb` or `{ name, colour }`, or of the text of a palette of GIMP. */
export function coloursOf(data) {
  if (typeof data === "string") return coloursOfText(data);
  if (!Array.isArray(data)) throw new Error("A palette is a list of colours.");
  return data.map((each) => {
    const { name = "", colour } = typeof each === "string" ? { colour: each } : each;
    if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`"${colour}" is not a colour such as #0b6b7d.`);
    return { name: String(name), colour };
  });
}

function coloursOfText(text) {
  if (!text.startsWith("GIMP Palette")) throw new Error("The first line is not GIMP Palette.");
  const lines = text.matchAll(/^\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:[ \t]+(.*))?$/gm);
  return [...lines].map(([, red, green, blue, name = ""]) => ({
    name: name.trim(),
    colour: `#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`,
  }));
}
