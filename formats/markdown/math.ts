import type { Extension as MdastExtension } from "mdast-util-from-markdown";
import { mathFromMarkdown } from "mdast-util-math";
import { math } from "micromark-extension-math";
import { markdownLineEnding } from "micromark-util-character";
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from "micromark-util-types";

const DOLLAR = 36;
const BACKSLASH = 92;
const SPACE = /\s/;
const WORD = /[\p{L}\p{N}]/u;

/**
 * Math as on GitHub: `$…$` and `$$…$$` in a line, and blocks between lines of `$$`. A single dollar sign is an amount unless
 * the first one after it closes it: text begins right after the one and ends right before the other, and neither the character
 * before nor the one after is a letter or digit. So "$5 and $10" has no math, and no text takes more than linear time.
 */
export function mathSyntax(): Extension[] {
  return [math({ singleDollarTextMath: false }), { text: { [DOLLAR]: singleDollar } }];
}

export function mathNodes(): MdastExtension {
  return mathFromMarkdown();
}

const singleDollar: Construct = { name: "mathText", tokenize, previous };

function previous(this: TokenizeContext, code: Code): boolean {
  return !isWord(code) && (code !== DOLLAR || this.events.at(-1)?.[1].type === "characterEscape");
}

function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const isAllowed = previous.call(this, this.previous);
  let last: Code = null;
  let inData = false;
  return start;

  function start(code: Code): State | undefined {
    // The parser asks one construct of a character what may be before it, and tries all of them.
    if (!isAllowed) return nok(code);
    effects.enter("mathText");
    effects.enter("mathTextSequence");
    effects.consume(code);
    effects.exit("mathTextSequence");
    return first;
  }

  function first(code: Code): State | undefined {
    return isSpace(code) || code === DOLLAR ? nok(code) : inside(code);
  }

  function inside(code: Code): State | undefined {
    if (code === null) return nok(code);
    if (code === DOLLAR) return isSpace(last) ? nok(code) : close(code);
    if (markdownLineEnding(code)) {
      endData();
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      last = code;
      return inside;
    }
    if (!inData) effects.enter("mathTextData");
    inData = true;
    effects.consume(code);
    last = code;
    return code === BACKSLASH ? escaped : inside;
  }

  function escaped(code: Code): State | undefined {
    if (code === null || markdownLineEnding(code)) return inside(code);
    effects.consume(code);
    last = code;
    return inside;
  }

  function close(code: Code): State | undefined {
    endData();
    effects.enter("mathTextSequence");
    effects.consume(code);
    effects.exit("mathTextSequence");
    return after;
  }

  function after(code: Code): State | undefined {
    if (isWord(code) || code === DOLLAR) return nok(code);
    effects.exit("mathText");
    return ok(code);
  }

  function endData(): void {
    if (inData) effects.exit("mathTextData");
    inData = false;
  }
}

/** Negative codes are line endings and tabs. */
function isSpace(code: Code): boolean {
  return code === null || code < 0 || SPACE.test(String.fromCodePoint(code));
}

function isWord(code: Code): boolean {
  return code !== null && code >= 0 && WORD.test(String.fromCodePoint(code));
}
