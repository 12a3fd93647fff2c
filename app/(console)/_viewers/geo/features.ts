import type { Feature, Geometry } from "geojson";
import type { Json } from "#contract/json";
import { POSITION_LEVELS } from "#formats/geo/geo-json";
import { isObject } from "../shared/is-object";

/** In coordinates: what is drawn without blocking the page. */
export const MAX_COORDINATES = 60_000;
/** Geometries within geometries. */
const MAX_DEPTH = 10;
/** In positions: the shortest line and ring, RFC 7946, sections 3.1.4 and 3.1.6. d3 throws for an empty one. */
const SHORTEST: Record<string, number | undefined> = { LineString: 2, MultiLineString: 2, Polygon: 4, MultiPolygon: 4 };

export interface Features {
  features: Feature[];
  coordinates: number;
  /** How many features have no geometry that can be drawn. */
  left: number;
}

/** The features of GeoJSON whose coordinates are all valid, and how many coordinates they have. */
export function featuresIn(data: Json): Features {
  const found: Features = { features: [], coordinates: 0, left: 0 };
  const list =
    isObject(data) && data.type === "FeatureCollection" && Array.isArray(data.features) ? data.features : [data];
  for (const each of list) {
    const geometry = isObject(each) && each.type === "Feature" ? (each.geometry ?? null) : each;
    const properties = isObject(each) && isObject(each.properties ?? null) ? Object(each.properties) : {};
    const count = countIn(geometry, 0);
    if (count === null || count === 0 || !isGeometry(geometry)) {
      found.left += 1;
      continue;
    }
    found.coordinates += count;
    found.features.push({ type: "Feature", geometry, properties });
  }
  return found;
}

/** The number of coordinates of a geometry; null where it is not one. */
function countIn(geometry: Json, depth: number): number | null {
  if (!isObject(geometry) || depth > MAX_DEPTH) return null;
  if (geometry.type === "GeometryCollection") {
    if (!Array.isArray(geometry.geometries)) return null;
    let sum = 0;
    for (const each of geometry.geometries) {
      const count = countIn(each, depth + 1);
      if (count === null) return null;
      sum += count;
    }
    return sum;
  }
  const type = typeof geometry.type === "string" ? geometry.type : "";
  const levels = POSITION_LEVELS[type];
  return levels === undefined ? null : countPositions(geometry.coordinates ?? null, levels, SHORTEST[type] ?? 0);
}

/** @param shortest in positions, of a line or ring; 0 where there may be nothing at all */
function countPositions(value: Json, levels: number, shortest: number): number | null {
  if (!Array.isArray(value)) return null;
  if (levels === 0) {
    const [longitude, latitude] = value;
    const isPosition = isWithin(longitude, 100_000_000) && isWithin(latitude, 100_000_000);
    return isPosition ? 1 : null;
  }
  if (value.length < (levels === 1 ? shortest : Math.min(shortest, 1))) return null;
  let sum = 0;
  for (const each of value) {
    const count = countPositions(each, levels - 1, shortest);
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

function isWithin(value: Json | undefined, most: number): boolean {
  return typeof value === "number" && Math.abs(value) <= most;
}

/** After `countIn`, which read all of it. */
function isGeometry(geometry: Json): geometry is Json & Geometry {
  return isObject(geometry);
}
