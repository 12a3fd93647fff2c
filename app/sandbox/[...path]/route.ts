import { handleWebRequest } from "#server/web-handler";

export const dynamic = "force-dynamic";

export { handleWebRequest as GET, handleWebRequest as HEAD };
