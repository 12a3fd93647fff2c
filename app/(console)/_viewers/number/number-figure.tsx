import { Copy } from "#app/_ui/copy";
import { formatNumber, numberChange } from "#formats/number";

const SIZES = {
  large: { value: "text-4xl", step: "text-lg", share: "text-base" },
  small: { value: "text-2xl", step: "text-sm", share: "text-sm" },
};

/**
 * A number as a figure, with its change since the version before. `text` is the number as it was written, which is
 * shown too where the figure is rounded.
 */
export function NumberFigure({
  value,
  text,
  before,
  size = "large",
}: {
  value: number;
  text?: string | undefined;
  before?: { value: number; version: number } | null | undefined;
  size?: keyof typeof SIZES;
}) {
  const plain = formatNumber(value);
  const figure = plain.replace(/^-/, "−");
  const isRounded = text !== undefined && text !== plain.replaceAll(",", "");
  const change = before ? numberChange(before.value, value) : null;
  const look = SIZES[size];
  return (
    <div className="tabular-nums tracking-tight">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className={`min-w-0 break-words font-semibold ${look.value}`}>{figure}</span>{" "}
        {change && (
          <span className={look.step}>
            {change.step}
            {change.share && <span className={`ml-1 text-soft ${look.share}`}> {change.share}</span>}
          </span>
        )}{" "}
        {before && (
          <span className="text-faint text-sm tracking-normal">
            {change ? "since" : "unchanged since"} v{before.version}
          </span>
        )}
      </p>
      {isRounded && (
        <p className="mt-1.5 flex items-center gap-1 text-faint text-sm tracking-normal">
          Published as <code className="min-w-0 break-all text-soft text-xs">{text}</code>
          <Copy text={text} label="Copy number" />
        </p>
      )}
    </div>
  );
}
