import {
  type GeoPath,
  type GeoProjection,
  geoArea,
  geoBounds,
  geoGraticule10,
  geoIdentity,
  geoMercator,
  geoNaturalEarth1,
  geoPath,
} from "d3-geo";
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import land from "world-atlas/land-110m.json";

/** In pixels of the drawing, which the page scales. */
export const SIZE = { width: 960, height: 540 };
const PADDING = 24;
/** In degrees: wider data is drawn on the whole earth; the land of the world has no detail below the other. */
const WHOLE = 150;
const DETAIL = 4;
/** In degrees: Mercator's projection has no poles, and little room near them. */
const MERCATOR = 85;
const POINT = 4.5;

export interface MapShapes {
  /** Null where the data has no longitudes and latitudes, or no room for the shape of the land. */
  land: string | null;
  graticule: string | null;
  outline: string | null;
  /** One for each feature. */
  shapes: string[];
}

/** The paths of a map. Coordinates that are not longitudes and latitudes are drawn as they are. */
export function mapShapes(features: Feature[]): MapShapes {
  const collection: FeatureCollection = { type: "FeatureCollection", features: features.map(wound) };
  if (!features.every(({ geometry }) => isGeographic(geometry))) {
    const path = geoPath(geoIdentity().reflectY(true).fitExtent(extent(), collection)).pointRadius(POINT);
    return { land: null, graticule: null, outline: null, shapes: shapesOf(path, features) };
  }
  const [[west, south], [east, north]] = geoBounds(collection);
  const width = east >= west ? east - west : east - west + 360;
  const isWhole = width > WHOLE || north - south > WHOLE / 2 || Math.max(north, -south) > MERCATOR;
  const path = geoPath(isWhole ? wholeEarth() : part(collection, [west + width / 2, (south + north) / 2]));
  path.pointRadius(POINT);
  const coast = isWhole || Math.max(width, north - south) > DETAIL ? path(allLand()) : null;
  return {
    land: coast,
    graticule: path(geoGraticule10()),
    outline: isWhole ? path({ type: "Sphere" }) : null,
    shapes: shapesOf(path, collection.features),
  };
}

function wholeEarth(): GeoProjection {
  return geoNaturalEarth1().fitExtent(extent(), { type: "Sphere" });
}

/** A part of the earth around a center, at most as large as a city where the data has no extent of its own. */
function part(collection: FeatureCollection, [longitude, latitude]: [number, number]): GeoProjection {
  const projection = geoMercator().rotate([-longitude, 0]).fitExtent(extent(), collection);
  if (!Number.isFinite(projection.scale()) || projection.scale() > 1_000_000) {
    projection
      .scale(100_000)
      .center([0, latitude])
      .translate([SIZE.width / 2, SIZE.height / 2]);
  }
  return projection.clipExtent([
    [0, 0],
    [SIZE.width, SIZE.height],
  ]);
}

function extent(): [[number, number], [number, number]] {
  return [
    [PADDING, PADDING],
    [SIZE.width - PADDING, SIZE.height - PADDING],
  ];
}

function shapesOf(path: GeoPath, features: Feature[]): string[] {
  return features.map((each) => path(each) ?? "");
}

function allLand() {
  // The file of the package is a topology with the object `land`; its JSON types are wider.
  const topology = land as unknown as Topology<{ land: GeometryCollection }>;
  return feature(topology, topology.objects.land);
}

/** With rings in the order that d3 needs: a polygon that would cover more than half of the earth is the other way round. */
function wound(each: Feature): Feature {
  return { ...each, geometry: woundGeometry(each.geometry) };
}

function woundGeometry(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case "Polygon":
      return { ...geometry, coordinates: woundRings(geometry.coordinates) };
    case "MultiPolygon":
      return { ...geometry, coordinates: geometry.coordinates.map(woundRings) };
    case "GeometryCollection":
      return { ...geometry, geometries: geometry.geometries.map(woundGeometry) };
    default:
      return geometry;
  }
}

function woundRings(rings: Position[][]): Position[][] {
  const isInverse = geoArea({ type: "Polygon", coordinates: rings }) > 2 * Math.PI;
  return isInverse ? rings.map((ring) => ring.toReversed()) : rings;
}

function isGeographic(geometry: Geometry): boolean {
  if (geometry.type === "GeometryCollection") return geometry.geometries.every(isGeographic);
  return isWithin(geometry.coordinates);
}

type Nested = number | Nested[];

function isWithin(coordinates: Nested[]): boolean {
  const [first, second] = coordinates;
  if (typeof first === "number" && typeof second === "number") return Math.abs(first) <= 360 && Math.abs(second) <= 90;
  return coordinates.every((each) => typeof each === "number" || isWithin(each));
}
