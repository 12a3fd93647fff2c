import { Age } from "#app/_ui/age";
import { decimal } from "#reading/measure";

/** How far something is, from 0 to 100, and when it last said so. */
export function Progress({ value, updated }: { value: number; updated: string }) {
  const done = value >= 100;
  return (
    <div className="max-w-xl py-2">
      <div className="flex items-baseline gap-3">
        <span className="font-semibold text-4xl tabular-nums tracking-tight">
          {decimal(Math.round(value * 10) / 10)}
          <span className="ml-1 text-soft text-xl">%</span>
        </span>
        <span className={`ml-auto text-sm ${done ? "font-medium text-good" : "text-soft"}`}>
          {done ? "Done" : "Updated"} <Age of={updated} suffix=" ago" />
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-4 h-2 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full transition-[width] duration-700 ease-out ${done ? "bg-good" : "bg-accent"}`}
          style={{ width: `${value}%` }}
        />
      </div>
    </div>
  );
}
