import { redirect } from "next/navigation";

/** The first page is the list of artifacts. */
export default function Home() {
  redirect("/artifacts");
}
