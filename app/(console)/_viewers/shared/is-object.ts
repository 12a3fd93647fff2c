import type { Json } from "#contract/json";

export function isObject(data: Json): data is { [name: string]: Json } {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
