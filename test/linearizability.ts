/** A call of a client on one key and its result, with the order of calls and results among all clients. */
export interface Call {
  verb: "create" | "createIfChanged" | "makeLatest" | "update" | "remove" | "restore" | "removeAll" | "latest" | "list";
  /** The version acted on; for `create` the new version. */
  version?: number;
  /** The text that `create`, `createIfChanged` and `update` wrote. */
  text?: string;
  /** The result in a comparable form; null for NOT_FOUND. */
  result: unknown;
  called: number;
  resolvedAt: number;
}

/** The sequential model of a key: the text of each version, and whether it exists. */
type Key = readonly { text: string; exists: boolean }[];

/** The result of `latest` and `list`: the existing versions with their texts, newest first. */
function existing(key: Key): [number, string][] {
  return key.flatMap(({ text, exists }, i): [number, string][] => (exists ? [[i + 1, text]] : [])).reverse();
}

/** The key after a call; null if the sequential model gives another result. */
function after(key: Key, call: Call): Key | null {
  const index = (call.version ?? 0) - 1;
  const subject = key[index];
  const change = (next: Key, result: unknown) => (same(call.result, result) ? next : null);
  const refused = () => change(key, null);
  const publish = (text: string) => {
    const [latest] = existing(key);
    if (latest?.[1] === text) return change(key, [latest[0], true]);
    return change([...key, { text, exists: true }], [key.length + 1, false]);
  };
  const put = (changed: { text: string; exists: boolean }) => key.with(index, changed);
  switch (call.verb) {
    case "create":
      return change([...key, { text: call.text ?? "", exists: true }], key.length + 1);
    case "createIfChanged":
      return publish(call.text ?? "");
    case "makeLatest":
      return subject?.exists ? publish(subject.text) : refused();
    case "update":
      return subject?.exists ? change(put({ text: call.text ?? "", exists: true }), true) : refused();
    case "remove": {
      if (!subject?.exists) return refused();
      const next = put({ ...subject, exists: false });
      return change(next, { latest: existing(next)[0]?.[0] ?? null });
    }
    case "restore":
      return subject && !subject.exists ? change(put({ ...subject, exists: true }), true) : refused();
    case "removeAll": {
      const count = existing(key).length;
      return count > 0
        ? change(
            key.map((row) => ({ ...row, exists: false })),
            count,
          )
        : refused();
    }
    case "latest":
      return change(key, existing(key)[0] ?? null);
    case "list":
      return change(key, existing(key));
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Whether the history is linearizable: some order that respects real time gives every result in the sequential model
 * (Wing and Gong's search with memoized failures).
 */
export function linearizable(calls: Call[]): boolean {
  const failed = new Set<string>();
  const search = (key: Key, left: Call[]): boolean => {
    if (left.length === 0) return true;
    const memo = JSON.stringify([key, left.map((call) => call.called)]);
    if (failed.has(memo)) return false;
    const firstResolved = Math.min(...left.map((call) => call.resolvedAt));
    const found = left.some((call) => {
      if (call.called > firstResolved) return false;
      const next = after(key, call);
      return (
        next !== null &&
        search(
          next,
          left.filter((other) => other !== call),
        )
      );
    });
    if (!found) failed.add(memo);
    return found;
  };
  return search([], calls);
}
