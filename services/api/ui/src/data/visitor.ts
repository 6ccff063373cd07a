import { useSyncExternalStore } from "react";

/** Who looks: the owner, the owner whose sign-in ended while a page was open, or somebody who is to see nothing of theirs. */
type Visitor = "known" | "away" | "stranger";

/**
 * The cookie cannot be read from here, so the document says whether one came along with the request for it; the first answer 401
 * says that it is good no longer.
 */
let visitor: Visitor =
  document.documentElement.dataset["visitor"] === "known" ? "known" : "stranger";
const listeners = new Set<() => void>();

export function setVisitor(value: Visitor): void {
  visitor = value;
  for (const listener of listeners) listener();
}

/** Notes that the cookie is good no longer. */
export function noteAway(): void {
  if (visitor === "known") setVisitor("away");
}

export function useVisitor(): Visitor {
  return useSyncExternalStore(subscribe, () => visitor);
}

export function useKnown(): boolean {
  return useVisitor() === "known";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
