import type { Artifact, DataByType, Metadata } from "#contract/artifact";
import { addressOf } from "./address";
import type { Connection } from "./connection";
import { expectSendable, type Sendable } from "./data";
import { type ImageSource, imageUrl } from "./image";
import { type Progress, startProgress } from "./progress";
import type { Scope } from "./scope";
import { unique } from "./unique";

/** What is said about an artifact beside its data. */
export interface About {
  /** Markdown. */
  description?: string | undefined;
  metadata?: Metadata | undefined;
  /** The same one again gives the same artifact; each publication has one of its own when absent. */
  idempotencyKey?: string | undefined;
}

/** A picture's words, for whoever does not see it. */
export interface AboutImage extends About {
  alt: string;
  /** As in `image/png`; known by its beginning for the usual ones. */
  mediaType?: string;
}

/** Where an artifact goes: under a key, as its next version, or alone. */
export type Place = string | null;

/** Publishing in one line: each gives the artifact as the store has it, and `Miss` where that failed and was told. */
export interface Publisher<Miss extends null> {
  markdown(key: Place, text: DataByType["markdown"], about?: About): Promise<Artifact | Miss>;
  /** A list of objects, a list of lists, or an object of lists. */
  table<Table extends DataByType["table"]>(
    key: Place,
    rows: Table & Sendable<Table>,
    about?: About,
  ): Promise<Artifact | Miss>;
  link(key: Place, url: string | URL, text?: string, about?: About): Promise<Artifact | Miss>;
  image(key: Place, source: ImageSource, about: AboutImage): Promise<Artifact | Miss>;
  json<Value>(key: Place, value: Value & Sendable<Value>, about?: About): Promise<Artifact | Miss>;
  /** A bar that moves in place: it is published at 0 at once. */
  progress(key: Place, about?: About): Progress;
}

/** Makes an artifact of data that is still to be made, in a scope or in the one around. */
export type Publish<Miss extends null> = (
  key: Place,
  type: string,
  data: () => unknown,
  about?: About,
) => Promise<Artifact | Miss>;

/** How artifacts are made in a scope; without one, in whatever scope the platform knows. */
export function publishIn<Miss extends null>({ procedures, mishaps }: Connection<Miss>, scope?: Scope): Publish<Miss> {
  const runs = scope && { flowRunId: scope.flowRunId, taskRunId: scope.taskRunId };
  return (key, type, made, { description, metadata, idempotencyKey } = {}) =>
    mishaps.attempt(`publishing ${key ?? `a ${type}`}`, async () => {
      const data = await made();
      expectSendable(data);
      return procedures.artifact.create.mutate({
        key,
        type,
        data,
        description,
        metadata,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        ...runs,
      });
    });
}

/** The ways to publish in a scope. */
export function publisherIn<Miss extends null>(connection: Connection<Miss>, scope?: Scope): Publisher<Miss> {
  const publish = publishIn(connection, scope);
  const { procedures, mishaps, scopes } = connection;
  return {
    markdown: (key, text, about) => publish(key, "markdown", () => text, about),
    table: (key, rows, about) => publish(key, "table", () => rows, about),
    json: (key, value, about) => publish(key, "json", () => value, about),
    link(key, url, text, about) {
      const data = () => ({ url: addressOf(url, "url", ["http:", "https:", "mailto:"]), text });
      return publish(key, "link", data, about);
    },
    image(key, source, { alt, mediaType, metadata, ...about }) {
      return publish(key, "image", () => imageUrl(source, mediaType), { ...about, metadata: { ...metadata, alt } });
    },
    progress(key, about) {
      const once = { idempotencyKey: unique(), ...about };
      const what = `moving ${key ?? "a progress"}`;
      const progress = startProgress({
        refuse: (error) => mishaps.refuse(what, error),
        tell: (error) => mishaps.tell(what, error),
        create: () => publish(key, "progress", () => 0, once),
        update: (id, data) => mishaps.attempt(what, () => procedures.artifact.update.mutate({ id, data })),
      });
      (scope ?? scopes.current())?.opened.add(progress);
      return progress;
    },
  };
}
