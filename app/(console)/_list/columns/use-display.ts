import { useRouter } from "next/navigation";
import { createContext, use } from "react";
import { keepChoice } from "#app/_ui/cookie";
import type { Display } from "./display";
import { DISPLAY_COOKIE, displayCookie } from "./display-cookie";

type SetDisplay = (display: Display | null) => void;

/** Where a page itself keeps the display of its list; null: in the cookie. */
export const DisplayContext = createContext<SetDisplay | null>(null);

/** Changes the display of lists: kept in a cookie, from which the server renders the list again. Null is the default. */
export function useDisplay(): SetDisplay {
  const router = useRouter();
  const setDisplay = use(DisplayContext);
  return (
    setDisplay ??
    ((display) => {
      keepChoice(DISPLAY_COOKIE, display && displayCookie(display));
      router.refresh();
    })
  );
}
