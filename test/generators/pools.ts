import type { Json } from "#contract/json";

// Few values of each kind, so that filters match rows; among them those that break quoting, case folding or casts.

export const NAMES = [
  "etl",
  "ETL load",
  "daily-report",
  "Daily",
  "50%_off",
  "50x-off",
  "back\\slash",
  "100%",
  "Ärger",
  "ärger im büro",
  'quo"te',
  "{a,b}",
  "NULL",
  "naïve 🎉 run",
  "ＦＵＬＬ",
];

/** Patterns: parts of the names in either case, wildcards, escapes, and texts that match nothing. */
export const PATTERNS = [
  "",
  "etl",
  "DAILY",
  "a",
  "E",
  "%",
  "_",
  "50%",
  "50_",
  "\\%",
  "\\_",
  "\\\\",
  "\\",
  "0\\",
  "0%\\",
  "k\\s",
  "a%y",
  "ÄRGER",
  "büro",
  "🎉",
  "naïve _ run",
  "x-1",
  "x_1",
  "-",
  'O"T',
  ",",
  "zzz",
];

export const WORDS = ["alpha", "Alpha", "b,c", 'quo"te', "NULL", "back\\slash"];
export const TAGS = ["nightly", "prod", "PROD", "a,b", 'quo"te', "{}", "NULL", "back\\slash"];
/** `constructor` is a name that objects have. */
export const LABELS = ["production", "staging", "a", "a-b", "constructor"];
export const QUEUES = ["default", "Default", "gpu,large"];
export const TYPES = ["markdown", "table", "Table", "50%_off\\", "result"];
export const KEYS = [
  ...["a", "a-b", "ab", "b", "daily", "daily-report", "x-1", "x-100", "0", "zz", "weekly-report"],
  ...["a/b", "a_b", "a.b", "a/b/c", "daily/report"],
];

/** Folders of keys, and one of none. */
export const FOLDERS = ["", "a/", "a/b/", "daily/", "zz/"];

/** Timestamps a microsecond apart, across a second and across midnight. */
export const TIMESTAMPS = [
  "2025-12-31T23:59:59.999999Z",
  "2026-01-01T00:00:00.000000Z",
  "2026-01-01T00:00:00.000001Z",
  "2026-01-01T00:00:00.100000Z",
  "2026-01-01T00:00:01.000000Z",
  "2026-06-15T12:30:00.123456Z",
  "2026-06-15T12:30:00.123457Z",
];

export const METADATA_NAMES = ["owner", "a", "b.c", 'quo"te', "a?", "", "ä", "constructor"];

/** Pairs that containment, comparison as text or JavaScript would confuse. */
export const METADATA_VALUES: Json[] = [
  1,
  1.5,
  "1",
  "x",
  "X",
  "",
  null,
  true,
  "true",
  [],
  [1, 2],
  [2, 1],
  [1, 1, 2],
  ["x"],
  {},
  { a: 1 },
  { a: 1, b: [1] },
  { b: [1], a: 1 },
  { a: null },
  1e21,
  -0.25,
];

/** Data that is a number, so few that filters name some exactly. */
export const NUMBERS = [0, -1.5, 0.1, 62, 1e21, 5e-324];

/** Values of queries that quoting, wildcards, ranges or keywords would confuse. */
export const FIELD_TEXTS = [
  "a",
  "or",
  "a b",
  "a,b",
  "a..b",
  "1..2",
  "*",
  "a*b",
  "-a",
  ">1",
  "=x",
  "!=",
  "~",
  "(a)",
  "null",
  "5",
  "a:b",
  "Ä",
];
