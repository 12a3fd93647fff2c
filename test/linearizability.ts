type Verb =
  | ("create" | "createIfChanged" | "makeLatest" | "update" | "remove" | "removeForced" | "restore" | "removeAll")
  | ("latest" | "list" | "label" | "unlabel" | "labelled");

/** A call of a client on one key and its result, with the order of calls and results among all clients. */
export interface Call {
  verb: Verb;
  /** The version acted on; for `create` the new version. */
  version?: number;
  /** The text that `create`, `createIfChanged` and `update` wrote. */
  text?: string;
  /** The result in a comparable form; null for NOT_FOUND, and "labelled" for what is kept because it has a label. */
  result: unknown;
  called: number;
  resolvedAt: number;
}

/** A version: its text, whether it exists, and whether it lost the label when it was deleted. */
interface Version {
  text: string;
  exists: boolean;
  lostLabel?: boolean;
}

/** The sequential model of a key: its versions, and the number of the one that has the label. */
interface Key {
  versions: readonly Version[];
  label: number | null;
}

/** The result of `latest` and `list`: the existing versions with their texts, newest first. */
function existing({ versions }: Key): [number, string][] {
  return versions.flatMap(({ text, exists }, i): [number, string][] => (exists ? [[i + 1, text]] : [])).reverse();
}

/** The key after a call; null if the sequential model gives another result. */
function after(key: Key, call: Call): Key | null {
  const { versions, label } = key;
  const number = call.version ?? 0;
  const subject = versions[number - 1];
  const change = (next: Partial<Key>, result: unknown) => (same(call.result, result) ? { ...key, ...next } : null);
  const refused = () => change({}, null);
  const add = (text: string) => ({ versions: [...versions, { text, exists: true }] });
  const put = (changed: Version) => ({ versions: versions.with(number - 1, changed) });
  const publish = (text: string) => {
    const [latest] = existing(key);
    if (latest?.[1] === text) return change({}, [latest[0], true]);
    return change(add(text), [versions.length + 1, false]);
  };
  const remove = (subject: Version, lostLabel: boolean) => {
    const next = put({ ...subject, exists: false, lostLabel });
    const [latest] = existing({ ...key, ...next });
    return change({ ...next, ...(lostLabel && { label: null }) }, { latest: latest?.[0] ?? null });
  };
  switch (call.verb) {
    case "create":
      return change(add(call.text ?? ""), versions.length + 1);
    case "createIfChanged":
      return publish(call.text ?? "");
    case "makeLatest":
      return subject?.exists ? publish(subject.text) : refused();
    case "update":
      return subject?.exists ? change(put({ ...subject, text: call.text ?? "" }), true) : refused();
    case "remove":
      if (!subject?.exists) return refused();
      return label === number ? change({}, "labelled") : remove(subject, false);
    case "removeForced":
      return subject?.exists ? remove(subject, label === number) : refused();
    case "restore": {
      if (!subject || subject.exists) return refused();
      const regains = subject.lostLabel === true && label === null;
      return change({ ...put({ text: subject.text, exists: true }), ...(regains && { label: number }) }, true);
    }
    case "removeAll": {
      const count = existing(key).length;
      if (count === 0) return refused();
      if (label !== null) return change({}, "labelled");
      return change(
        { versions: versions.map((row) => (row.exists ? { ...row, exists: false, lostLabel: false } : row)) },
        count,
      );
    }
    case "latest":
      return change({}, existing(key)[0] ?? null);
    case "list":
      return change({}, existing(key));
    case "label":
      return subject?.exists ? change({ label: number }, { previous: label }) : refused();
    case "unlabel":
      return existing(key).length > 0 ? change({ label: null }, { previous: label }) : refused();
    case "labelled":
      return change({}, label);
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
  return search({ versions: [], label: null }, calls);
}
