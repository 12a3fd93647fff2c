import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";

/** A socket as Prefect's client opens it, with what it received. */
export interface EventSocket {
  socket: WebSocket;
  /** The next message, as JSON. */
  next(): Promise<unknown>;
  /** Sends `auth` and returns the response. */
  authenticate(token?: string | null): Promise<unknown>;
  send(message: object | string): void;
  /** Resolves when everything that was sent before has been received. */
  received(): Promise<void>;
  /** Closes the socket; resolves when the server has closed it too. */
  close(): Promise<void>;
  /** With what the server closed it. */
  closed: Promise<{ code: number; reason: string }>;
}

/** Opens a socket. Rejects with `Unexpected server response: STATUS` where the server refuses. */
export async function openEventSocket(
  origin: string,
  path = "/api/events/in",
  { protocol = "prefect", ...options }: ClientOptions & { protocol?: string } = {},
): Promise<EventSocket> {
  const socket = new WebSocket(`${origin.replace("http", "ws")}${path}`, protocol ? [protocol] : [], options);
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(String(data));
    const first = waiting.shift();
    if (first) first(message);
    else messages.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await once(socket, "open");
  const next = () =>
    new Promise((resolve) => (messages.length > 0 ? resolve(messages.shift()) : waiting.push(resolve)));
  return {
    socket,
    next,
    authenticate(token = null) {
      socket.send(JSON.stringify({ type: "auth", token }));
      return next();
    },
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    async received() {
      const pong = once(socket, "pong");
      socket.ping();
      await pong;
    },
    async close() {
      socket.close();
      await closed;
    },
    closed,
  };
}

interface EventFields {
  id: string;
  type: string;
  occurred: string;
  flowRunId?: string;
  message?: string;
  [member: string]: unknown;
}

/** An event about a task run, as Prefect's client sends it; `more` are members of the task run. */
export function taskRunEvent({ id, type, occurred, flowRunId, message, ...more }: EventFields): object {
  const related = flowRunId
    ? [{ "prefect.resource.id": `prefect.flow-run.${flowRunId}`, "prefect.resource.role": "flow-run" }]
    : [];
  const name = type.charAt(0) + type.slice(1).toLowerCase();
  return {
    occurred,
    event: `prefect.task-run.${name}`,
    resource: { "prefect.resource.id": `prefect.task-run.${id}`, "prefect.state-type": type },
    related,
    payload: {
      intended: { from: null, to: type },
      initial_state: null,
      validated_state: { type, name, message, state_details: {}, data: null },
      task_run: { name: "load-0", task_key: "load", dynamic_key: id, tags: ["slow"], run_count: 1, ...more },
    },
    id: crypto.randomUUID(),
    follows: null,
  };
}
