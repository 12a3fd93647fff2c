import { type Column, PLAIN_NUMBER } from "#formats/column";

/** Of numbers with fewer digits before the decimal point, no thousands are separated. */
const MIN_GROUPED_DIGITS = 5;

/**
 * A number as it is written, aligned on the decimal point of its column, with separated thousands. Separators and the
 * room of missing decimals are not part of the text, so that it is copied and found as it is written.
 */
export function NumberText({ text, column }: { text: string; column: Column }) {
  const [, sign, whole, fraction = ""] = PLAIN_NUMBER.exec(text) ?? [];
  if (whole === undefined) return text;
  const missing = Math.max(0, column.decimals - fraction.length);
  const room = missing === 0 ? "" : (fraction === "" ? "." : "") + "0".repeat(missing);
  const groups = column.isGrouped && whole.length >= MIN_GROUPED_DIGITS ? groupsOf(whole) : [whole];
  return (
    <span data-room={room} className="after:invisible after:content-[attr(data-room)]">
      {sign}
      {groups.map((digits, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their position
        <span key={at} className={at > 0 ? "before:content-[',']" : undefined}>
          {digits}
        </span>
      ))}
      {fraction && `.${fraction}`}
    </span>
  );
}

/** Digits in groups of three from the right. */
function groupsOf(digits: string): string[] {
  return digits.replace(/\B(?=(\d{3})+$)/g, " ").split(" ");
}
