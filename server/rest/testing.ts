import { type OpenDoor, openDoor } from "#server/door/testing";

/** A request in the dialect and what came back of it. */
export type Ask = (request: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>;

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  /** The answer as JSON; undefined where nothing came. */
  value: unknown;
}

/** The doors over a database of their own, asked in the dialect: `await ask("POST /artifacts/", { key: "foo" })`. */
export async function openRest(env: Parameters<typeof openDoor>[0] = {}): Promise<{ door: OpenDoor; ask: Ask }> {
  const door = await openDoor(env);
  const ask: Ask = async (request, body, headers) => {
    const [method = "", path = ""] = request.split(" ");
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await door.fetch(`/api${path}`, { method, ...sent, headers: { ...type, ...headers } });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, value: text === "" ? undefined : JSON.parse(text) };
  };
  return { door, ask };
}
