import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { isGeoJson } from "#formats/geo/geo-json";
import { featuresIn } from "./features";
import { mapShapes } from "./map-shapes";

const point = (coordinates: unknown[]) => ({ type: "Point", coordinates });
const feature = (geometry: object | null) => ({ type: "Feature", properties: { a: 1 }, geometry });
const read = (data: object) => featuresIn(JSON.parse(JSON.stringify(data)));

describe("featuresIn", () => {
  it("has the features of a collection, and counts those without valid coordinates", () => {
    const features = [point([1, 2]), point([]), point(["a", 2]), { type: "Star", coordinates: [1, 2] }, null];
    const found = read({ type: "FeatureCollection", features: features.map(feature) });
    expect(found).toMatchObject({ coordinates: 1, left: 4 });
    expect(found.features).toHaveLength(1);
  });

  it("reads a feature or a geometry alone", () => {
    expect(read(feature(point([1, 2, 3]))).features).toHaveLength(1);
    expect(
      read({
        type: "LineString",
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      }).coordinates,
    ).toBe(2);
    expect(read({ type: "GeometryCollection", geometries: [point([1, 2]), point([3, 4])] }).coordinates).toBe(2);
  });

  it("ends for collections within collections", () => {
    let geometry: object = point([1, 2]);
    for (let depth = 0; depth < 100; depth += 1) geometry = { type: "GeometryCollection", geometries: [geometry] };
    expect(read(geometry)).toMatchObject({ features: [], left: 1 });
  });
});

it.each([
  [{ type: "FeatureCollection", features: [] }, true],
  [{ type: "Feature", geometry: null }, true],
  [point([1, 2]), true],
  [{ type: "Point" }, false],
  [{ type: "FeatureCollection" }, false],
  [[], false],
  ["Point", false],
])("%j is GeoJSON: %s", (data, expected) => {
  expect(isGeoJson(JSON.parse(JSON.stringify(data)))).toBe(expected);
});

describe("mapShapes", () => {
  const square = [
    [0, 0],
    [0, 10],
    [10, 10],
    [10, 0],
    [0, 0],
  ];

  it("draws a polygon as its inside, in whatever order its corners are", () => {
    const shapeOf = (ring: number[][]) =>
      mapShapes(read({ type: "Polygon", coordinates: [ring] }).features).shapes.map((shape) => shape.length);
    expect(shapeOf(square)).toEqual(shapeOf(square.toReversed()));
  });

  it("draws coordinates that are not longitudes and latitudes as they are", () => {
    const shapes = mapShapes(
      read({
        type: "LineString",
        coordinates: [
          [500_000, 6_600_000],
          [510_000, 6_610_000],
        ],
      }).features,
    );
    expect(shapes).toMatchObject({ land: null, graticule: null });
    expect(shapes.shapes[0]).toMatch(/^M/);
  });

  it.each([-85.0511287798066, 85.0511287798066, 90])("draws a line at the latitude %f", (latitude) => {
    const line = [0, 1].map(() => [0, latitude]);
    expect(mapShapes(read({ type: "LineString", coordinates: line }).features).shapes.join()).not.toContain("NaN");
  });

  const position = fc.tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  );

  it("draws any points without an invalid number", () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 5 }), (coordinates) => {
        const { shapes, land } = mapShapes(read({ type: "MultiPoint", coordinates }).features);
        expect(`${shapes.join()} ${land}`).not.toContain("NaN");
      }),
      { numRuns: 30 },
    );
  });

  it("draws geometries of every kind, with lines and rings of any length", () => {
    const line = fc.array(position, { maxLength: 6 });
    const lines = fc.array(line, { maxLength: 3 });
    const simple = fc.oneof(
      fc.record({ type: fc.constant("Point"), coordinates: position }),
      fc.record({ type: fc.constantFrom("MultiPoint", "LineString"), coordinates: line }),
      fc.record({ type: fc.constantFrom("MultiLineString", "Polygon"), coordinates: lines }),
      fc.record({ type: fc.constant("MultiPolygon"), coordinates: fc.array(lines, { maxLength: 2 }) }),
    );
    const parts = fc.array(simple, { maxLength: 3 });
    const collection = fc.record({ type: fc.constant("GeometryCollection"), geometries: parts });
    fc.assert(
      fc.property(fc.array(fc.oneof(simple, collection), { minLength: 1, maxLength: 3 }), (geometries) => {
        const { features, left } = read({ type: "FeatureCollection", features: geometries.map(feature) });
        expect(features.length + left).toBe(geometries.length);
        if (features.length > 0) expect(mapShapes(features).shapes.join()).not.toContain("NaN");
      }),
      { numRuns: 100 * inject("runs") },
    );
  });

  it.each([0, 1, 3])("leaves out polygons with a ring of %i positions", (length) => {
    const rings = [square, square.slice(0, length)];
    expect(read({ type: "Polygon", coordinates: rings })).toMatchObject({ features: [], left: 1 });
    expect(read({ type: "MultiPolygon", coordinates: [rings] })).toMatchObject({ features: [], left: 1 });
  });
});
