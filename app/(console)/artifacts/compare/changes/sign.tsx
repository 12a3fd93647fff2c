const SIGN = {
  added: { sign: "+", word: "Added", colour: "text-good" },
  removed: { sign: "−", word: "Removed", colour: "text-danger" },
  changed: { sign: "~", word: "Changed", colour: "text-warn" },
};

/** The background of a line that was added, removed or changed. */
export const WASH = { added: "bg-good-wash", removed: "bg-danger-wash", changed: "" };

/** What became of a line, as its sign; the colour only repeats it. */
export function ChangeSign({ op }: { op: keyof typeof SIGN }) {
  const { sign, word, colour } = SIGN[op];
  return (
    <span className={`font-medium font-mono ${colour}`}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}
