"use server";

import { revalidatePath } from "next/cache";
import { connect } from "vitrine-client/node";

const vitrine = connect();

/** Publishes what the form has as the next version of `notes`. */
export async function publishNote(form: FormData): Promise<void> {
  const text = String(form.get("text"));
  await vitrine.run({ flow: "notes-app" }, () => vitrine.markdown("notes", text));
  revalidatePath("/");
}
