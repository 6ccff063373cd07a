import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLocked, lockDataDir } from "./data-dir-lock.ts";

/** A folder whose lock says that. */
function lockedFolder(text: string): Disposable & { readonly path: string; readonly lock: string } {
  const path = mkdtempSync(join(tmpdir(), "lock-"));
  const lock = join(path, "tracker.lock");
  writeFileSync(lock, text);
  return { path, lock, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("the folder of a tracker that runs is not given to a second one, which is told what to do", async () => {
  await using other = Bun.spawn(["sleep", "60"]);
  using folder = lockedFolder("");
  const take = `import { lockDataDir } from ${JSON.stringify(join(import.meta.dir, "data-dir-lock.ts"))};
    lockDataDir(${JSON.stringify(folder.path)}); console.log("taken"); await Bun.stdin.text();`;
  await using holder = Bun.spawn([process.execPath, "-e", take], {
    stdin: "pipe",
    stdout: "pipe",
  });
  for await (const _ of holder.stdout) break;

  const wasLocked = isLocked(folder.path);
  expect(() => lockDataDir(folder.path)).toThrow(`process ${holder.pid}`);
  expect(() => lockDataDir(folder.path)).toThrow(`delete ${folder.lock}`);
  const [, start] = readFileSync(folder.lock, "utf8").trim().split(/ (.*)/);
  // A lock of an older version has no start: there the number alone decides.
  writeFileSync(folder.lock, `${other.pid}\n`);
  const wasLockedByNumber = isLocked(folder.path);

  expect([wasLocked, wasLockedByNumber]).toEqual([true, true]);
  expect(start).not.toBe("");
});

// After a power cut the next process with that number may be anything, and would keep the tracker from starting for good.
test("a lock is no hindrance when its process is gone and another has its number", async () => {
  await using other = Bun.spawn(["sleep", "60"]);
  using folder = lockedFolder(`${other.pid} long-before\n`);

  const wasLocked = isLocked(folder.path);
  using _lock = lockDataDir(folder.path);

  expect(wasLocked).toBe(false);
  expect(readFileSync(folder.lock, "utf8")).toStartWith(`${process.pid} `);
});

// A container's first process often asks nobody's end: what was killed there stays in the list.
test("a process that was killed and is still listed holds nothing", async () => {
  await using parent = Bun.spawn(["bash", "-c", "sleep 0.1 & echo $!; exec sleep 60"], {
    stdout: "pipe",
  });
  let pid = "";
  for await (const part of parent.stdout) {
    pid = new TextDecoder().decode(part).trim();
    break;
  }
  using folder = lockedFolder(`${pid}\n`);

  while (isLocked(folder.path)) await Bun.sleep(20);

  expect(() => process.kill(Number(pid), 0)).not.toThrow();
});
