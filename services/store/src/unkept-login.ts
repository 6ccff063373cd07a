/** Logins on a disk that is full: whoever is to make room on it must be able to look at the tracker. */
import { isUnavailable } from "@tracker/contracts";
import type { Database } from "./database.ts";

/** More browsers do not sign in while a disk is full; the oldest signs in again. */
const LOGINS_MAX = 100;

/** Keeps a login in memory where `write` fails for want of a disk; any other error passes. */
export function orInMemory(
  { unkeptLogins }: Database,
  login: { readonly hash: string; readonly expiresAt: number },
  write: () => void,
): void {
  try {
    write();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const [oldest] = unkeptLogins.keys();
    if (unkeptLogins.size >= LOGINS_MAX && oldest !== undefined) unkeptLogins.delete(oldest);
    unkeptLogins.set(login.hash, login.expiresAt);
  }
}

/** Whether a login holds that was not written down; once the disk takes writes again, `write` does it. */
export function isRemembered(
  database: Database,
  hash: string,
  now: number,
  write: (expiresAt: number) => void,
): boolean {
  const { unkeptLogins } = database;
  const expiresAt = unkeptLogins.get(hash);
  if (expiresAt === undefined || expiresAt <= now) return false;
  if (database.writeProblem !== null) return true;
  unkeptLogins.delete(hash);
  write(expiresAt);
  return true;
}
