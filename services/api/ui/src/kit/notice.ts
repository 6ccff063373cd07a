/** Short messages at the edge of the screen: what was done, with its undo, or what went wrong. */
import { useSyncExternalStore } from "react";

export interface Notice {
  readonly text: string;
  readonly tone?: "plain" | "good" | "bad";
  /** Undoes what the notice reports. */
  readonly undo?: () => void;
}

export interface ShownNotice extends Notice {
  readonly id: number;
}

const SHOWN_MS = 8_000;
const SHOWN_MAX = 4;
let shown: readonly ShownNotice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

export function announce(notice: Notice): void {
  lastId += 1;
  const id = lastId;
  show([...shown.filter(({ text }) => text !== notice.text), { ...notice, id }].slice(-SHOWN_MAX));
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  show(shown.filter((notice) => notice.id !== id));
}

export function useNotices(): readonly ShownNotice[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

function show(notices: readonly ShownNotice[]): void {
  shown = notices;
  for (const listener of listeners) listener();
}
