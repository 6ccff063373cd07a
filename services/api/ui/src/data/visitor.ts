import { useSyncExternalStore } from "react";

/**
 * Whether somebody is signed in. The cookie cannot be read from here, so the document says whether one came along with
 * the request for it; the first answer 401 says that it is good no longer.
 */
let known = document.documentElement.dataset["visitor"] === "known";
const listeners = new Set<() => void>();

export function setKnown(value: boolean): void {
  known = value;
  for (const listener of listeners) listener();
}

export function useKnown(): boolean {
  return useSyncExternalStore(subscribe, () => known);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
