import { useRouter } from "next/navigation";
import { keepChoice } from "#app/_ui/cookie";
import type { Display } from "./display";
import { DISPLAY_COOKIE, displayCookie } from "./display-cookie";

/** Changes the display of lists: kept in a cookie, from which the server renders the list again. Null is the default. */
export function useDisplay(): (display: Display | null) => void {
  const router = useRouter();
  return (display) => {
    keepChoice(DISPLAY_COOKIE, display && displayCookie(display));
    router.refresh();
  };
}
