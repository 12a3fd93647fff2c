import Anser from "anser";
import { onlyColours } from "./escapes";
import { type Run, Runs } from "./runs";

const NAMED = /^ansi-(?:bright-)?(black|red|green|yellow|blue|magenta|cyan|white)$/;

/** Text in the colours of its escape sequences: the 16 named ones as the theme has them, any other as it is. */
export function ColouredText({ text }: { text: string }) {
  return <Runs runs={colouredRuns(text)} />;
}

/** The runs of a text that its escape sequences make; without those. */
export function colouredRuns(text: string): Run[] {
  return Anser.ansiToJson(onlyColours(text), { use_classes: true, remove_empty: true }).map((piece) => {
    const { content, fg, bg, decorations } = piece;
    if (!fg && !bg && decorations.length === 0) return { text: content };
    const classes = [named(fg, "ansi-"), named(bg, "ansi-bg-"), ...decorations.map((each) => `ansi-${each}`)].filter(
      (name) => name !== null,
    );
    const style = { color: exact(fg, piece.fg_truecolor), backgroundColor: exact(bg, piece.bg_truecolor) };
    return { text: content, className: classes.join(" "), style };
  });
}

function named(colour: string | null, prefix: string): string | null {
  const name = NAMED.exec(colour ?? "")?.[1];
  return name === undefined ? null : prefix + name;
}

function exact(colour: string | null, trueColour: string | null): string | undefined {
  if (colour === "ansi-truecolor" && trueColour) return `rgb(${trueColour})`;
  const index = Number(/^ansi-palette-(\d+)$/.exec(colour ?? "")?.[1]);
  return Number.isNaN(index) ? undefined : paletteColour(index);
}

/** A colour of the 256 of terminals, from 16 on: a cube of six levels each, then greys. */
function paletteColour(index: number): string {
  if (index >= 232)
    return `rgb(${Array(3)
      .fill(8 + (index - 232) * 10)
      .join()})`;
  const level = (digit: number) => (digit === 0 ? 0 : 55 + digit * 40);
  const cube = index - 16;
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level).join()})`;
}
