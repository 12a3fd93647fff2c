import { Age } from "#app/_ui/age";
import type { Choice, Conflict, FieldChoice } from "./merge";

/** The fields that someone else changed too since the draft began, each with a choice of the side to save. */
export function Conflicts({
  conflicts,
  choices,
  updated,
  onChoose,
}: {
  conflicts: Conflict[];
  choices: ReadonlyMap<string, FieldChoice>;
  /** When the version was last changed. */
  updated: string;
  onChoose: (conflict: Conflict, side: Choice) => void;
}) {
  const count = conflicts.length === 1 ? "One field was" : `${conflicts.length} fields were`;
  return (
    <section
      role="alert"
      aria-label="Conflict"
      className="space-y-4 rounded-md border border-warn/40 bg-warn-wash p-4 text-sm"
    >
      <div>
        <h2 className="font-medium">{count} changed by someone else too</h2>
        <p className="mt-1 text-soft">
          Their version is from <Age of={updated} suffix=" ago" />. Choose what to save. Everything else is merged.
        </p>
      </div>
      {conflicts.map((conflict) => (
        <Field
          key={conflict.field}
          conflict={conflict}
          chosen={sideOf(choices, conflict)}
          onChoose={(side) => onChoose(conflict, side)}
        />
      ))}
    </section>
  );
}

/** The side chosen for a conflict, unless the other side has changed since. */
function sideOf(choices: ReadonlyMap<string, FieldChoice>, { field, theirs }: Conflict): Choice | null {
  const choice = choices.get(field);
  return choice?.theirs === theirs ? choice.side : null;
}

const SIDES = [
  ["theirs", "Theirs"],
  ["mine", "Mine"],
] as const;

function Field({
  conflict,
  chosen,
  onChoose,
}: {
  conflict: Conflict;
  chosen: Choice | null;
  onChoose: (side: Choice) => void;
}) {
  const { field } = conflict;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{field}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {SIDES.map(([side, name]) => (
          <label
            key={side}
            className="flex min-w-0 cursor-pointer flex-col rounded-md border border-edge bg-surface p-3 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent"
          >
            <span className="flex items-center gap-2">
              <input
                type="radio"
                name={`conflict ${field}`}
                checked={chosen === side}
                onChange={() => onChoose(side)}
                className="accent-accent"
              />
              {name}
            </span>
            <Content text={conflict[side]} isSource={field !== "description"} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Content({ text, isSource }: { text: string | null; isSource: boolean }) {
  if (text === null || text === "") {
    return <span className="mt-2 text-faint">{text === null ? "Removed" : "Empty"}</span>;
  }
  return (
    <span
      className={`mt-2 block max-h-60 overflow-auto whitespace-pre-wrap break-words ${isSource ? "font-mono text-[13px]" : ""}`}
    >
      {text}
    </span>
  );
}
