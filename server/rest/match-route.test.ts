import { expect, test } from "vitest";
import { isResource, matchRoutes } from "./match-route";

const ID = "0199b3c8-0000-7000-8000-000000000001";

/** The routes that match a path, with their parameters. */
const matched = (path: string) =>
  matchRoutes(path).map(({ route, parameters }) => [`${route.method} ${route.path}`, parameters]);

test("a path matches its routes of every method, with or without a trailing slash", () => {
  const routes = [
    ["GET /artifacts/{id}", { id: ID }],
    ["PATCH /artifacts/{id}", { id: ID }],
    ["DELETE /artifacts/{id}", { id: ID }],
  ];
  expect(matched(`/artifacts/${ID}`)).toEqual(routes);
  expect(matched(`/artifacts/${ID}/`)).toEqual(routes);
  expect(matched("/artifacts")).toEqual([["POST /artifacts", {}]]);
  expect(matched("/artifacts/filter")).toEqual([["POST /artifacts/filter", {}]]);
});

test("parameters are decoded, and ids have the contract's form", () => {
  expect(matched(`/flows/${ID.toUpperCase().replaceAll("-", "")}`)[0]).toEqual(["GET /flows/{id}", { id: ID }]);
  expect(matched("/deployments/name/my%20flow/%C3%A9")).toEqual([
    ["GET /deployments/name/{flow}/{name}", { flow: "my flow", name: "é" }],
  ]);
  expect(matched(`/artifacts/${ID}/latest`)).toEqual([["GET /artifacts/{key}/latest", { key: ID }]]);
});

test.each([
  "/artifacts/none",
  "/artifacts//",
  `/artifacts/${ID}/x`,
  "/artifact",
  "/flows/name",
  `/flows/${ID}/name`,
  "/deployments/name/a",
  `/xartifacts/${ID}`,
  "/",
  "",
])("%j matches no route", (path) => {
  expect(matched(path)).toEqual([]);
});

test("a resource is known by the first segment of the path", () => {
  for (const path of ["/artifacts", "/flows/x/y/z", "/task_runs/", "/flow_runs", "/deployments/none"]) {
    expect(isResource(path)).toBe(true);
  }
  for (const path of ["/artifact", "/x/artifacts", "", "/", "artifacts"]) expect(isResource(path)).toBe(false);
});
