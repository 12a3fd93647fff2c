import type { Json } from "#contract/json";
import { isGeoJson } from "#formats/geo/geo-json";
import { isCobertura, readCoverage } from "#formats/reports/cobertura";
import { isJunit, readJunit } from "#formats/reports/junit";
import { coverageRows } from "#formats/reports/lcov";
import { isSarif, readSarif } from "#formats/reports/sarif";

/** A report or a map as the rows that its reader compares. */
export interface ReportRows {
  noun: "test" | "file" | "result" | "feature";
  /** What a row has in `result` if it fails. */
  failures: readonly string[];
  rows: object[];
}

/** What data of a type says as rows: the tests of JUnit, the files of a coverage, the results of SARIF, the features of GeoJSON. Null for other data. */
export function reportRows(type: string | null, data: Json): ReportRows | null {
  if (typeof data === "string") return rowsOfText(type ?? typeOfText(data), data);
  if (isSarif(data)) {
    // A result keeps its line only until something is written above it.
    const rows = readSarif(data).findings.map(({ line: _, ...finding }) => finding);
    return { noun: "result", failures: [], rows };
  }
  return isGeoJson(data) ? featureRows(data) : null;
}

/** The type that a text without one says that it has. */
function typeOfText(text: string): string | null {
  if (isJunit(text)) return "junit";
  return isCobertura(text) ? "cobertura" : null;
}

function rowsOfText(type: string | null, text: string): ReportRows | null {
  if (type === "junit") {
    const cases = readJunit(text)?.cases;
    // How long a test took differs each time.
    const rows = cases?.map(({ suite, name, result, message }) => ({ suite, name, result, message }));
    return rows ? { noun: "test", failures: ["failed", "error"], rows } : null;
  }
  if (type !== "lcov" && type !== "cobertura") return null;
  const files = readCoverage(text);
  return files.length > 0 ? { noun: "file", failures: [], rows: coverageRows(files) } : null;
}

function featureRows(data: Json): ReportRows | null {
  const { features } = membersOf(data);
  if (!Array.isArray(features)) return null;
  const members = features.map((feature) => membersOf(feature));
  const own = members.some(({ id }) => id !== undefined) ? ["id", "geometry"] : ["geometry"];
  const rows = members.map(({ id, properties, geometry }) => {
    const named = id === undefined ? {} : { id };
    return { ...named, ...renamed(membersOf(properties ?? null), own), geometry: geometry ?? null };
  });
  return { noun: "feature", failures: [], rows };
}

/** Properties of a feature, of which those called like a member of its own get names such as `properties.id`. */
function renamed(properties: { [name: string]: Json }, own: string[]): { [name: string]: Json } {
  const nameFor = (name: string) => {
    let unused = name;
    while (own.includes(unused) || (unused !== name && Object.hasOwn(properties, unused))) {
      unused = `properties.${unused}`;
    }
    return unused;
  };
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [nameFor(name), value]));
}

function membersOf(data: Json): { [name: string]: Json } {
  return typeof data === "object" && data !== null && !Array.isArray(data) ? data : {};
}
