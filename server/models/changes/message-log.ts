import type { ChangeMessage } from "#contract/changes";

/** How many messages are kept: those of 13 s of continuous writes, and of hours otherwise. At most 2 MB. */
const MAX_MESSAGES = 256;

interface MessageLog {
  add(message: ChangeMessage): void;
  /** The position after the last message. */
  position(): string;
  /** The messages after a position; a `resync` for one that is unknown or too long ago. */
  since(position: string | undefined): readonly ChangeMessage[];
}

/** The latest messages of a process, whose positions begin with its `name`. */
export function createMessageLog(name: string): MessageLog {
  const messages: ChangeMessage[] = [];
  let count = 0;
  return {
    add(message) {
      count += 1;
      messages.push(message);
      if (messages.length > MAX_MESSAGES) messages.shift();
    },
    position: () => `${name}.${count}`,
    since(position) {
      const number = position?.startsWith(`${name}.`) ? position.slice(name.length + 1) : "";
      const missed = /^\d{1,15}$/.test(number) ? count - Number(number) : -1;
      if (missed < 0 || missed > messages.length) return [{ type: "resync" }];
      return messages.slice(messages.length - missed);
    },
  };
}
