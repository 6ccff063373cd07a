import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { DESTINATIONS } from "./navigation.ts";

/** How long `g` waits for the letter of a page. */
const SEQUENCE_MS = 1_500;

/** `/` or Ctrl+K finds, `?` lists the shortcuts, `g` and a letter goes to a page. Typing in a field is never taken for a shortcut. */
export function useShortcuts(open: (what: "palette" | "shortcuts") => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let goingSinceMs = -Infinity;
    const hear = (event: KeyboardEvent) => {
      const withCommand = event.ctrlKey || event.metaKey;
      if (withCommand && event.key === "k") {
        event.preventDefault();
        return open("palette");
      }
      if (withCommand || event.altKey || isWriting(event.target)) return;
      const page = DESTINATIONS.find(({ key }) => key === event.key);
      if (page !== undefined && event.timeStamp - goingSinceMs < SEQUENCE_MS) {
        goingSinceMs = -Infinity;
        return void navigate({ to: page.to });
      }
      goingSinceMs = event.key === "g" ? event.timeStamp : -Infinity;
      if (event.key === "?") open("shortcuts");
      if (event.key === "/") {
        event.preventDefault();
        open("palette");
      }
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [navigate, open]);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, dialog, [contenteditable]") !== null
  );
}
