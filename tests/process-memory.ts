import { readFileSync } from "node:fs";

/** What a process has in memory and the most that it ever had, in MiB, by Linux's own account; 0 when it is gone, or the machine does not tell. */
export function memoryOf(pid: number): { readonly nowMib: number; readonly peakMib: number } {
  let status = "";
  try {
    status = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    // Gone, or no Linux.
  }
  const mib = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0) / 1024;
  return { nowMib: mib("VmRSS"), peakMib: mib("VmHWM") };
}
