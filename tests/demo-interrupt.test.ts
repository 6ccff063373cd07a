import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { until } from "./service-process.ts";

const MAIN = join(import.meta.dir, "../services/main.ts");
const WITHIN_MS = 20_000;

// A terminal sends Ctrl-C to every process of the command, and who is impatient sends it twice.
test("Ctrl-C, said twice while the demo is only starting, leaves no folder and prints no warning", async () => {
  const demo = Bun.spawn([process.execPath, MAIN, "demo"], {
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", TIME_ZONE: "UTC" },
    detached: true,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let said = "";
  const reading = (async () => {
    for await (const chunk of demo.stdout) said += new TextDecoder().decode(chunk);
  })();
  await until("the demo to name its folder", WITHIN_MS, () => said.includes("data in "));
  const folder = /data in (\S+);/.exec(said)?.[1] ?? "";
  const wasThere = existsSync(folder);

  process.kill(-demo.pid, "SIGINT");
  process.kill(-demo.pid, "SIGINT");
  const exitCode = await demo.exited;
  await reading;

  expect({ wasThere, exitCode, isThere: existsSync(folder) }).toEqual({
    wasThere: true,
    exitCode: 0,
    isThere: false,
  });
  expect(await new Response(demo.stderr).text()).toBe("");
}, 40_000);
