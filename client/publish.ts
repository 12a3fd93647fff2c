import type { ArtifactCreated, DataByType, Metadata } from "#contract/artifact";
import { randomKey } from "./call";
import {
  expectJsonCompatible,
  expectTable,
  expectText,
  expectUrl,
  type ImageSource,
  imageUrl,
  type JsonCompatible,
} from "./data";
import type { ErrorPolicy } from "./error-policy";
import { type FileContentOptions, type FileSource, type FolderSource, uploadFile, uploadFolder } from "./file";
import type { Procedures } from "./procedures";
import { type Progress, startProgress } from "./progress";
import type { Scope, ScopeTracker } from "./scope";
import type { Uploader } from "./upload";

/** What publishing and runs need of a connection. */
export interface Connection {
  procedures: Procedures;
  errorPolicy: ErrorPolicy;
  scopes: ScopeTracker;
  uploader: Uploader;
}

export interface PublishOptions {
  /** Markdown. */
  description?: string | undefined;
  metadata?: Metadata | undefined;
  /** Tags of the version; those of its key are set by `collection.update`. */
  tags?: string[] | undefined;
  /** Publishing again with the same key returns the same artifact; by default every call publishes another one. */
  idempotencyKey?: string | undefined;
  /**
   * Publishes nothing where the latest version of the key has the same type, description, metadata and data, and the
   * same tags if some are given: resolves to that version, with `unchanged: true`. Requires a key.
   */
  ifChanged?: boolean | undefined;
  /**
   * For results of the past: not before the last version of the key, and not after now by the clock of the database,
   * which is the default.
   */
  created?: Date | string | undefined;
}

export interface ImageOptions extends PublishOptions {
  /** Text for readers who cannot see the image. */
  alt: string;
  /** Such as `image/png`; detected for common formats. */
  mediaType?: string;
}

export interface FileOptions extends PublishOptions, FileContentOptions {}

/**
 * Publishes artifacts: as the next version of `key`, or without versions where it is null. Each method resolves to the
 * stored artifact without its data, and rejects with a VitrineError (BAD_REQUEST for data that does not fit the type)
 * unless `onError` reports errors: then it resolves to `Failed`, which is null.
 */
export interface Publisher<Failed extends null> {
  markdown(
    key: string | null,
    text: DataByType["markdown"],
    options?: PublishOptions,
  ): Promise<ArtifactCreated | Failed>;
  /** `rows`: a list of objects, a list of lists, or an object of lists. */
  table<Table extends DataByType["table"]>(
    key: string | null,
    rows: Table & JsonCompatible<Table>,
    options?: PublishOptions,
  ): Promise<ArtifactCreated | Failed>;
  /** `url`: http, https or mailto. */
  link(
    key: string | null,
    url: string | URL,
    text?: string,
    options?: PublishOptions,
  ): Promise<ArtifactCreated | Failed>;
  image(key: string | null, source: ImageSource, options: ImageOptions): Promise<ArtifactCreated | Failed>;
  json<Value>(
    key: string | null,
    value: Value & JsonCompatible<Value>,
    options?: PublishOptions,
  ): Promise<ArtifactCreated | Failed>;
  /**
   * `source`: a path in Node.js, a Blob, bytes, or a stream. Only a list of files is kept with the version: the bytes are
   * sent before, of a path and a Blob in Node.js only where the server lacks them.
   */
  file(key: string | null, source: FileSource, options?: FileOptions): Promise<ArtifactCreated | Failed>;
  /** `source`: the path of a folder in Node.js, or files by their path in the folder. Sends what the server lacks. */
  files(key: string | null, source: FolderSource, options?: PublishOptions): Promise<ArtifactCreated | Failed>;
  /** Publishes a progress artifact at 0 and returns its handle at once. */
  progress(key: string | null, options?: Omit<PublishOptions, "ifChanged">): Progress;
}

export type Publish = (
  key: string | null,
  type: string,
  getData: () => unknown,
  options?: PublishOptions,
) => Promise<ArtifactCreated | null>;

/** Publishes in a scope; without one, in the scope that the platform tracks. */
export function createPublish({ procedures, errorPolicy }: Connection, scope?: Scope): Publish {
  const runs = scope && { flowRunId: scope.flowRunId, taskRunId: scope.taskRunId };
  return (key, type, getData, { description, metadata, tags, idempotencyKey, ifChanged, created } = {}) =>
    errorPolicy.attempt(`publishing ${key ?? `a ${type}`}`, async () => {
      const data = await getData();
      expectJsonCompatible(data);
      return procedures.artifact.create.mutate({
        key,
        type,
        data,
        description,
        metadata,
        tags,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        ...(ifChanged !== undefined && { ifChanged }),
        ...(created !== undefined && { created: created instanceof Date ? created.toISOString() : created }),
        ...runs,
      });
    });
}

export function createPublisher(connection: Connection, scope?: Scope): Publisher<null> {
  const publish = createPublish(connection, scope);
  const { procedures, errorPolicy, scopes, uploader } = connection;
  return {
    file(key, source, options) {
      const { name, mediaType, ...rest } = options ?? {};
      return publish(key, "file", () => uploadFile(uploader, source, { name, mediaType }), rest);
    },
    files: (key, source, options) => publish(key, "files", () => uploadFolder(uploader, source), options),
    markdown: (key, text, options) => publish(key, "markdown", () => expectText(text, "data"), options),
    table: (key, rows, options) => publish(key, "table", () => expectTable(rows), options),
    json: (key, value, options) => publish(key, "json", () => value, options),
    link(key, url, text, options) {
      const getData = () => ({ url: expectUrl(url, "url", ["http:", "https:", "mailto:"]), text });
      return publish(key, "link", getData, options);
    },
    image(key, source, options) {
      // JavaScript may leave the options out.
      const { alt, mediaType, metadata, ...rest } = options ?? {};
      const getData = () => {
        expectText(alt, "alt");
        return imageUrl(source, mediaType);
      };
      return publish(key, "image", getData, { ...rest, metadata: { ...metadata, alt } });
    },
    progress(key, options) {
      const once = { idempotencyKey: randomKey(), ...options };
      const action = `updating ${key ?? "a progress"}`;
      const progress = startProgress({
        create: () => publish(key, "progress", () => 0, once),
        update: (id, data) => errorPolicy.attempt(action, () => procedures.artifact.update.mutate({ id, data })),
        reject: (error) => errorPolicy.reject(action, error),
        report: (error) => errorPolicy.report(action, error),
      });
      (scope ?? scopes.current())?.progress.add(progress);
      return progress;
    },
  };
}
