const UNITS: [unit: string, seconds: number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/** How long it was from one instant to another, in its two largest units: `820 ms`, `4 s`, `1 min 5 s`, `2 h`. */
export function durationOf(start: string, end: string): string {
  const milliseconds = Math.max(0, Date.parse(end) - Date.parse(start));
  if (milliseconds < 1000) return `${milliseconds} ms`;
  let left = Math.round(milliseconds / 1000);
  const largest = UNITS.findIndex(([, seconds]) => left >= seconds);
  const told: string[] = [];
  for (const [unit, seconds] of UNITS.slice(largest, largest + 2)) {
    const many = Math.floor(left / seconds);
    if (many > 0) told.push(`${many} ${unit}`);
    left -= many * seconds;
  }
  return told.join(" ");
}
