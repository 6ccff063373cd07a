import { readFileSync } from "node:fs";
import { errorCode } from "@tracker/service";

/**
 * When a process was started, in words that only compare: a number is given again after its process has ended, its number with
 * its start never. Null where no such process runs, empty where it runs and its start cannot be told.
 */
export function startOf(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  const told = process.platform === "linux" ? readProc(pid) : askPs(pid);
  if (told !== undefined) return told;
  try {
    process.kill(pid, 0);
    return "";
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return errorCode(error) === "EPERM" ? "" : null;
  }
}

/** Undefined where it is not told, as for processes of others under hidepid. */
function readProc(pid: number): string | null | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, the second field, may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "", ticks = ""] = [fields[0], fields[19]];
    if (isDead(state)) return null;
    // The ticks count from the machine's start, and so may come again after the next one.
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
  } catch {
    return undefined;
  }
}

function askPs(pid: number): string | null | undefined {
  try {
    // By its full name, as it gets no PATH: the environment is read by main.ts alone.
    const { stdout } = Bun.spawnSync(["/bin/ps", "-o", "stat=,lstart=", "-p", String(pid)], {
      env: { LC_ALL: "C", TZ: "UTC" },
    });
    const [state = "", ...start] = stdout.toString().trim().split(/\s+/);
    if (start.length === 0) return undefined;
    return isDead(state) ? null : start.join(" ");
  } catch {
    return undefined;
  }
}

/** A process that was killed keeps its number until its parent has asked what became of it. */
function isDead(state: string): boolean {
  return /^[ZX]/.test(state);
}
