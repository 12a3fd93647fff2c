import { docsMethods } from "./api-docs";
import { backupMethod } from "./http/backup";
import { blobMethod } from "./http/blobs/upload";
import { matchDownload } from "./http/download/download";
import { matchIssue } from "./http/sandbox/issue";
import { AUDIT_PATH, SANDBOX_PATH, TRPC_PATH } from "./observe/route";
import { restMethods } from "./rest/handler";
import { procedures } from "./routers/procedures";

const READ = ["GET", "HEAD"];

const OWN: Record<string, string[]> = {
  "/api/health": READ,
  "/api/ready": READ,
  [AUDIT_PATH]: ["GET"],
  [SANDBOX_PATH]: READ,
  "/api/sign-in": ["POST"],
  "/api/sign-out": ["POST"],
};

const METHODS_OF_TYPE = { query: ["GET", "HEAD", "POST"], subscription: ["GET", "POST"], mutation: ["POST"] };

/** The methods that a path of the API supports besides OPTIONS; none for a path that does not exist. */
export function allowedMethods(path: string): string[] {
  if (path.startsWith(TRPC_PATH)) return procedureMethods(path.slice(TRPC_PATH.length));
  const docs = docsMethods(path);
  if (docs.length > 0) return docs;
  const backup = backupMethod(path);
  const blobs = blobMethod(path);
  if (matchIssue(path) !== null) return READ;
  return OWN[path] ?? (backup ? [backup] : blobs ? [blobs] : matchDownload(path) ? READ : restMethods(path));
}

/** A batch has procedures of one type. Never throws, as the responses to rejected paths have these methods too. */
function procedureMethods(names: string): string[] {
  const [first = ""] = names.split(/,|%2c/i);
  const type = procedures.get(first)?._def.type;
  return type ? METHODS_OF_TYPE[type] : [];
}
