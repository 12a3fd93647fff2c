import type { Json } from "#contract/json";

/** How many lists are around a position, by the type of the geometry. */
export const POSITION_LEVELS: Record<string, number | undefined> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/** Whether data is GeoJSON by its members. */
export function isGeoJson(data: Json): boolean {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return false;
  if (data.type === "FeatureCollection") return Array.isArray(data.features);
  if (data.type === "Feature") return "geometry" in data;
  if (data.type === "GeometryCollection") return Array.isArray(data.geometries);
  return typeof data.type === "string" && Object.hasOwn(POSITION_LEVELS, data.type) && "coordinates" in data;
}
