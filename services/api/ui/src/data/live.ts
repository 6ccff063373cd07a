/** Keeps what is shown true: every event of the tracker marks the answers that it makes old. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { type Key, KEYS } from "./key.ts";

const PLAY: readonly Key[] = [
  KEYS.nowPlaying,
  KEYS.sessions,
  KEYS.days,
  KEYS.feed,
  KEYS.statistics,
  KEYS.games,
  KEYS.history,
];
const GAME: readonly Key[] = [KEYS.games, KEYS.tags, KEYS.feed, KEYS.statistics, KEYS.apps];

/** Which answers an event makes old, by its name. */
const OUTDATED: Readonly<Record<string, readonly Key[]>> = {
  "session.started": PLAY,
  "session.ended": PLAY,
  "session.changed": PLAY,
  "session.corrected": [...PLAY, KEYS.edits],
  "achievement.unlocked": [KEYS.achievements, KEYS.games, KEYS.feed, KEYS.nowPlaying],
  "game.added": GAME,
  "game.changed": GAME,
  "game.completed": GAME,
  "library.synced": [KEYS.status, KEYS.runs],
  "job.changed": [KEYS.jobs, KEYS.status, KEYS.backups, KEYS.schedules],
  "job.progressed": [KEYS.jobs],
  "sync.broken": [KEYS.status],
  "sync.recovered": [KEYS.status],
};

/** Events come in flocks (a sync changes many games at once): they are answered together. */
const GATHER_MS = 250;
/** As often as the browser itself tries again where the connection broke. */
const REOPEN_MS = 2_000;

export type Connection = "connecting" | "live" | "lost";
let connection: Connection = "connecting";
const listeners = new Set<() => void>();

function setConnection(value: Connection): void {
  connection = value;
  for (const listener of listeners) listener();
}

/** Whether events arrive. While they do not, what is shown may be old. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
}

/** Listens for as long as the component is there. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
}

function listen(client: QueryClient): () => void {
  const waiting = new Set<Key>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;

  const refresh = () => {
    timer = undefined;
    for (const key of waiting) void client.invalidateQueries({ queryKey: [key] });
    waiting.clear();
  };
  const hear = (name: string) => {
    for (const key of OUTDATED[name] ?? []) waiting.add(key);
    timer ??= setTimeout(refresh, GATHER_MS);
  };
  const lose = () => setConnection("lost");
  const find = () => {
    // The stream resumes where it was, but answers asked meanwhile may have failed.
    if (connection === "lost") void client.invalidateQueries();
    setConnection("live");
  };
  const open = () => {
    source = new EventSource("/api/events");
    source.addEventListener("open", find);
    source.addEventListener("bus.lost", lose);
    source.addEventListener("bus.recovered", find);
    source.addEventListener("bus.gap", () => void client.invalidateQueries());
    source.addEventListener("error", () => {
      lose();
      if (source.readyState !== EventSource.CLOSED) return;
      // An answer that is no stream, such as a proxy's 502, ends it for good; a 401 shows in the answer asked for here.
      again = setTimeout(open, REOPEN_MS);
      void client.invalidateQueries({ queryKey: [KEYS.status] });
    });
    for (const name of Object.keys(OUTDATED)) source.addEventListener(name, () => hear(name));
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(again);
    source.close();
    setConnection("connecting");
  };
}
