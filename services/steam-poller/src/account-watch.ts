import { wait } from "@tracker/service";
import type { KnownAccount } from "@tracker/steam";

const LOOK_MS = 1_000;

/**
 * Runs `follow` for the account that is set up, ends it when another is, and runs it for that one, until the signal is
 * aborted. Changes are noticed within a second.
 */
export async function followWhoIsSetUp(
  read: () => KnownAccount,
  follow: (known: KnownAccount, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const known = read();
    const changed = new AbortController();
    const until = AbortSignal.any([signal, changed.signal]);
    await Promise.all([
      follow(known, until),
      untilChanged(read, known, signal).then(() => changed.abort()),
    ]);
  }
}

async function untilChanged(
  read: () => KnownAccount,
  known: KnownAccount,
  signal: AbortSignal,
): Promise<void> {
  do await wait(LOOK_MS, signal);
  while (!signal.aborted && isSame(read(), known));
}

function isSame(one: KnownAccount, other: KnownAccount): boolean {
  return (
    one.account?.steam_id === other.account?.steam_id &&
    one.account?.steam_api_key === other.account?.steam_api_key
  );
}
