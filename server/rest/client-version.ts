import type { HeaderReader } from "#server/http/message";
import { PREFECT_VERSION } from "./openapi";

/** The User-Agent of Prefect 3's client: `prefect/3.9.1 (API 0.8.4)`. */
const CLIENT = /^prefect\/(3\.(\d{1,6})\.(\d{1,6})[\w.+-]{0,40})(?: |$)/;

interface Version {
  text: string;
  order: number;
}

/** The newest version that a client of this process had. */
let newest = versionOf(`prefect/${PREFECT_VERSION}`);

/**
 * The version of Prefect that a client gets: its own, as it warns of a server that is older. Some of its requests do not
 * name it; they get the newest that any client has named.
 */
export function reportedVersion(headers: HeaderReader): string {
  return versionOf(headers.get("user-agent"))?.text ?? newest?.text ?? PREFECT_VERSION;
}

/** Remembers the version of a client. */
export function noteClientVersion(headers: HeaderReader): void {
  const version = versionOf(headers.get("user-agent"));
  if (version && version.order > (newest?.order ?? 0)) newest = version;
}

function versionOf(agent: string | null): Version | null {
  const [, text, minor, patch] = CLIENT.exec(agent ?? "") ?? [];
  return text === undefined ? null : { text, order: Number(minor) * 1_000_000 + Number(patch) };
}
