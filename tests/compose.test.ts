import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Health, serveHealth } from "@tracker/service";
import { variablesOf } from "./variables.ts";

const REPOSITORY = join(import.meta.dir, "..");
const SERVICES = ["api", "importer", "scheduler", "steam-poller", "steamspy-collector", "store"];
const SECRETS = ["STEAM_API_KEY", "ADMIN_PASSWORD"];
/** What a droplet with 1 GB has left beside its system and Docker. */
const MEMORY_MB_MAX = 900;

const Container = Type.Object({
  image: Type.String(),
  build: Type.Optional(Type.String()),
  command: Type.Array(Type.String()),
  user: Type.String(),
  read_only: Type.Boolean(),
  cap_drop: Type.Array(Type.String()),
  security_opt: Type.Array(Type.String()),
  privileged: Type.Optional(Type.Boolean()),
  cap_add: Type.Optional(Type.Array(Type.String())),
  restart: Type.String(),
  mem_limit: Type.String({ pattern: "^[0-9]+m$" }),
  stop_grace_period: Type.String({ pattern: "^[0-9]+s$" }),
  environment: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
  volumes: Type.Array(Type.String()),
  ports: Type.Optional(Type.Array(Type.String())),
  networks: Type.Optional(Type.Array(Type.String())),
  depends_on: Type.Optional(Type.Record(Type.String(), Type.Object({ condition: Type.String() }))),
  healthcheck: Type.Optional(Type.Object({ test: Type.Array(Type.String()) })),
});

const Compose = Type.Object({
  services: Type.Record(Type.String(), Container),
  networks: Type.Record(Type.String(), Type.Object({ internal: Type.Optional(Type.Boolean()) })),
  volumes: Type.Record(Type.String(), Type.Object({})),
});

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

const compose = Value.Parse(Compose, Bun.YAML.parse(read("compose.yaml")));
const containers = Object.entries(compose.services);

function container(name: string) {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`expected a container ${name} in compose.yaml`);
  return found;
}

test("one image runs the six services, each in a container of its own", () => {
  const own = containers.filter(([, { image }]) => image === "game-tracker");
  const folders = [
    ...new Bun.Glob("*/src/main.ts").scanSync({ cwd: join(REPOSITORY, "services") }),
  ];

  expect(own.map(([name]) => name).sort()).toEqual([...SERVICES, "init"].sort());
  expect(folders.map((path) => path.slice(0, path.indexOf("/"))).sort()).toEqual(SERVICES);
  for (const name of SERVICES) expect(container(name).command).toEqual(["up", name]);
  expect(own.filter(([, { build }]) => build !== undefined).map(([name]) => name)).toEqual([
    "init",
  ]);
});

test("NATS is the version that ./tracker fetches, with the configuration that init writes", () => {
  const version = /NATS_SERVER_VERSION=(\S+)/.exec(read("tracker"))?.[1];

  expect(container("nats").image).toBe(`nats:${version}-alpine`);
  expect(container("nats").command).toContain("/data/nats/nats.conf");
  expect(container("nats").depends_on).toEqual({
    init: { condition: "service_completed_successfully" },
  });
});

// A hole in one container must not become a hole in the machine.
test.each(containers)("%s runs as nobody special, on a root that it cannot change", (_name, it) => {
  expect(it).toMatchObject({ user: "1000:1000", read_only: true, cap_drop: ["ALL"] });
  expect(it.security_opt).toEqual(["no-new-privileges:true"]);
  expect([it.privileged, it.cap_add]).toEqual([undefined, undefined]);
});

test("only the API is published, and NATS to this machine alone", () => {
  const published = containers.flatMap(([name, { ports = [] }]) =>
    ports.map((port) => `${name} ${port}`),
  );

  expect(published.sort()).toEqual([
    "api ${HOST:-127.0.0.1}:${PORT:-8080}:8080",
    "nats 127.0.0.1:4222:4222",
  ]);
});

test("the store and the scheduler cannot reach the internet", () => {
  expect(compose.networks["bus"]?.internal).toBe(true);
  expect(container("store").networks).toEqual(["bus"]);
  expect(container("scheduler").networks).toEqual(["bus"]);
});

test("there is one volume, and only who has something to keep may write to it", () => {
  const writers = containers.filter(([, { volumes }]) => volumes.includes("data:/data"));

  expect(Object.keys(compose.volumes)).toEqual(["data"]);
  expect(writers.map(([name]) => name).sort()).toEqual(["api", "init", "nats", "store"]);
  for (const [, { volumes }] of containers) expect(volumes).toHaveLength(1);
});

test("the memory limits together fit a machine of 1 GB", () => {
  const running = containers.filter(([name]) => name !== "init");
  const sum = running.reduce((total, [, { mem_limit }]) => total + Number.parseInt(mem_limit), 0);

  expect(running).toHaveLength(7);
  expect(sum).toBeLessThanOrEqual(MEMORY_MB_MAX);
});

test("what stops comes back, and has the time to stop that it needs", () => {
  for (const [name, { restart, stop_grace_period }] of containers) {
    expect(restart).toBe(name === "init" ? "no" : "unless-stopped");
    expect(Number.parseInt(stop_grace_period)).toBeGreaterThan(8);
  }
});

test.each(SERVICES)("%s gets every variable that it reads", (name) => {
  const passed = Object.keys(container(name).environment);
  const everyone = [
    "TIME_ZONE",
    "DAY_START_HOUR",
    "LOG_LEVEL",
    "NATS_URL",
    "DATA_DIR",
    "HEALTH_PORT",
  ];

  expect(passed).toEqual(expect.arrayContaining([...variablesOf(`services/${name}`), ...everyone]));
});

test("a secret goes only where it is used, and may come from a file", () => {
  const holders = SECRETS.map((secret) =>
    containers.filter(([, { environment }]) => secret in environment).map(([name]) => name),
  );

  expect(holders).toEqual([["steam-poller", "importer", "steamspy-collector"], ["api"]]);
  for (const [, { environment }] of containers)
    for (const secret of SECRETS)
      expect(`${secret}_FILE` in environment).toBe(secret in environment);
});

test("the health check passes while a service is ready, and fails before", async () => {
  const [kind, ...command] = container("store").healthcheck?.test ?? [];
  const health = new Health("0.0.0");
  let ready = false;
  using _part = health.register({ name: "store", ready: () => ready });
  using server = serveHealth(health, "127.0.0.1", 0);
  const check = command.map((word) =>
    word.replaceAll("8081", server.url.port).replaceAll("$$", "$"),
  );
  const run = () => Bun.spawn(check, { stderr: "ignore" }).exited;

  const before = await run();
  ready = true;
  const after = await run();

  expect(kind).toBe("CMD");
  expect(before).not.toBe(0);
  expect(after).toBe(0);
});

// A full disk leaves nats-server alive with streams that take nothing any more, which only a new start mends.
test("the health check of NATS ends a server whose streams are broken, and no other", async () => {
  const [kind, script = ""] = container("nats").healthcheck?.test ?? [];
  const broken = new Set<string>();
  using server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ url }) => new Response(null, { status: broken.has(new URL(url).search) ? 503 : 200 }),
  });
  const fetcher = Bun.which("wget") ? "wget -q -t 1 -O /dev/null" : "curl -sfo /dev/null";
  /** Whether the check passes while these ways of asking are answered 503, and how the server's process ended. */
  const check = async (...searches: string[]) => {
    broken.clear();
    for (const search of searches) broken.add(search);
    const victim = Bun.spawn(["sh", "-c", "read _; exit 7"], { stdin: "pipe" });
    const own = script
      .replaceAll("127.0.0.1:8222", `127.0.0.1:${server.port}`)
      .replace("kill -TERM 1", `kill -TERM ${victim.pid}`)
      .replaceAll("wget -q -O /dev/null", fetcher);
    const passes = (await Bun.spawn(["sh", "-c", own]).exited) === 0;
    // Only who still runs hears this.
    await victim.stdin.end();
    await victim.exited;
    return { passes, end: victim.signalCode ?? victim.exitCode };
  };

  expect(kind).toBe("CMD-SHELL");
  expect(await check()).toEqual({ passes: true, end: 7 });
  expect(await check("")).toEqual({ passes: false, end: "SIGTERM" });
  expect(await check("", "?js-server-only=true")).toEqual({ passes: false, end: 7 });
});

test("the image has the sources and the packages, and nobody's data or secrets", () => {
  const ignored = read(".dockerignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, paths = ""]) => paths.split(" "),
  );
  const allowed = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));

  expect(ignored[0]).toBe("*");
  expect(allowed.sort()).toEqual(copied.sort());
  expect(ignored).toContain("**/node_modules");
});

test("the image runs the pinned bun as user 1000", () => {
  const { packageManager } = Value.Parse(
    Type.Object({ packageManager: Type.String() }),
    JSON.parse(read("package.json")),
  );
  const version = packageManager.replace("@", ":");
  const bases = [...read("Dockerfile").matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);

  expect(bases).toEqual([`oven/${version}`, `oven/${version}-slim`]);
  expect(read("Dockerfile")).toMatch(/^USER 1000:1000$/m);
});
