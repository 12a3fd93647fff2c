/** How many messages a frame may send each time it loads, and how many loads count: its code may start them itself. */
const MESSAGES = 50;
const LOADS = 10;
/** So many messages slow the page down, even those that are not taken. */
const ENDLESS = 1_000;

/** What is taken from a frame whose code may send messages without end. */
export interface MessageLimit {
  /** To be called when the frame has loaded. */
  loaded: () => void;
  /** Whether one more message is taken. */
  takes: () => boolean;
  /** Whether it has sent so many that only its end stops them. */
  isEndless: () => boolean;
  /** Whether it gets the data, which it asked for: once each time it loads. */
  responds: () => boolean;
}

/** Counts the messages of a frame. */
export function createMessageLimit(): MessageLimit {
  let [messages, loads, hasResponded] = [0, 0, false];
  return {
    loaded: () => {
      if (loads++ >= LOADS) return;
      messages = 0;
      hasResponded = false;
    },
    takes: () => messages++ < MESSAGES,
    isEndless: () => messages > ENDLESS,
    responds: () => {
      if (hasResponded) return false;
      hasResponded = true;
      return true;
    },
  };
}
