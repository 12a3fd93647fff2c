/** How the texts of a column write numbers. */
export interface NumberForm {
  kind: "number";
  /** The decimal sign; the other one groups digits. */
  decimal: "." | ",";
  /** The size of each unit, where units differ and convert into each other; else null. */
  scale: Record<string, number> | null;
}

/** A number with what it counts: `%`, `$`, `ms`; an empty unit for a plain number. */
interface Quantity {
  value: number;
  unit: string;
}

const SHORT_SCALE: Record<string, number> = { "": 1, k: 1e3, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
const SCALES: Record<string, number>[] = [
  { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
  { ns: 1e-9, µs: 1e-6, μs: 1e-6, us: 1e-6, ms: 1e-3, s: 1, sec: 1, m: 60, min: 60, h: 3600, hr: 3600, d: 86_400 },
  { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 },
  { mm: 1e-3, cm: 1e-2, m: 1, km: 1e3 },
  { mg: 1e-3, g: 1, kg: 1e3, t: 1e6 },
  SHORT_SCALE,
];

const MISSING = new Set(["", "-", "–", "—", "na", "n/a", "#n/a", "#na", "nan", "null", "none"]);
const CURRENCIES = "USD|EUR|GBP|JPY|CHF|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|KRW|TRY|SGD|HKD|ILS";
const CURRENCY = `[A-Z]{0,3}\\p{Sc}[A-Z]{0,2}|${CURRENCIES}`;
/** Units that may follow the digits at once; others need a space before them. */
const CLOSE_UNIT = "[%‰x°]|°[CF]|[a-zA-Zµμ]{1,3}|fps|rpm|KiB|MiB|GiB|TiB";
const FAR_UNIT = "[\\p{L}µμ°]{1,10}(?:/[\\p{L}µμ]{1,10})?[²³]?";
const PATTERNS = { ".": patternOf("\\.", ","), ",": patternOf(",", "\\.") };
const INFINITE = /^(?<sign>[+-]?)(?:infinity|inf|∞)$/i;
const MAX_LENGTH = 64;

function patternOf(decimal: string, group: string): RegExp {
  const grouped = `[1-9]\\d{0,2}(?<group>[${group}'’_\\s])\\d{3}(?:\\k<group>\\d{3})*`;
  const indian = `[1-9]\\d?(?:${group}\\d\\d)+${group}\\d{3}`;
  const digits = `(?:${grouped}|${indian}|\\d+)(?:${decimal}\\d*)?|${decimal}\\d+`;
  const after = `\\s?(?:${CURRENCY})|${CLOSE_UNIT}|\\s(?:${FAR_UNIT}|[%‰])`;
  return new RegExp(
    `^(?<sign>[+-]?)(?<before>${CURRENCY})?\\s?(?<inner>[+-]?)(?<digits>${digits})(?<exponent>[eE][+-]?\\d+)?(?<after>${after})?$`,
    "u",
  );
}

/** Whether a text stands for no value: blank, or a word such as `NA`, `null` or `-`. */
export function isMissing(text: string): boolean {
  return text.length <= MAX_LENGTH && MISSING.has(text.trim().toLowerCase());
}

/**
 * How all texts write numbers (signs, thousands, currencies, units, per cent), or null if some are not numbers. Texts that
 * stand for no value are ignored.
 */
export function numberFormOf(texts: Iterable<string>): NumberForm | null {
  const units = { ".": new Set<string>(), ",": new Set<string>() };
  let decimals: ("." | ",")[] = [".", ","];
  let count = 0;
  for (const text of texts) {
    if (isMissing(text)) continue;
    decimals = decimals.filter((decimal) => {
      const quantity = parseQuantity(text, decimal);
      // Nothing is as much in any unit.
      if (quantity && (quantity.value !== 0 || quantity.unit !== "")) units[decimal].add(quantity.unit);
      return quantity !== null;
    });
    if (decimals.length === 0) return null;
    count += 1;
  }
  if (count === 0) return null;
  for (const decimal of decimals) {
    const scale = scaleOf(units[decimal]);
    if (scale !== undefined) return { kind: "number", decimal, scale };
  }
  return null;
}

/** The scale of units that convert into each other, null for at most one unit, undefined for others. */
function scaleOf(units: Set<string>): Record<string, number> | null | undefined {
  const scale = SCALES.find((each) => [...units].every((unit) => Object.hasOwn(each, unit)));
  if (scale && units.size > 1) return scale;
  return [...units].filter((unit) => unit !== "").length > 1 ? undefined : null;
}

/** The number that a text stands for, or NaN. */
export function numberIn(text: string, { decimal, scale }: NumberForm): number {
  const quantity = parseQuantity(text, decimal);
  return quantity ? quantity.value * (scale?.[quantity.unit] ?? 1) : Number.NaN;
}

function parseQuantity(text: string, decimal: "." | ","): Quantity | null {
  if (text.length > MAX_LENGTH) return null;
  const trimmed = text.trim().replace("−", "-");
  const infinite = INFINITE.exec(trimmed);
  if (infinite) return { value: infinite.groups?.sign === "-" ? -Infinity : Infinity, unit: "" };
  // Accountants write negative numbers in parentheses.
  const inner = /^\((.*)\)$/s.exec(trimmed)?.[1];
  const match = PATTERNS[decimal].exec(inner ?? trimmed)?.groups;
  if (!match || (match.sign && match.inner)) return null;
  const { digits = "", exponent = "", before = "" } = match;
  const after = match.after?.trim() ?? "";
  // `$1.2M`: any other unit would be a second one.
  const factor = before === "" ? 1 : SHORT_SCALE[after];
  if (factor === undefined) return null;
  const plain = digits
    .replaceAll(decimal, "d")
    .replace(/[^\dd]/g, "")
    .replace("d", ".");
  const isNegative = match.sign === "-" || match.inner === "-" || inner !== undefined;
  return { value: (isNegative ? -1 : 1) * Number(plain + exponent) * factor, unit: before || singular(after) };
}

function singular(unit: string): string {
  return unit.length > 3 ? unit.replace(/s$/, "") : unit;
}
