import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "@tracker/service";
import { readAdminPassword, verifyPassword } from "./admin-password.ts";
import { runApi } from "./main.ts";
import { apiHost, startSystem } from "./test-system.ts";

function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), "tracker-api-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("a port that is taken ends in one line that says which and what to do", async () => {
  await using system = await startSystem();
  const { port } = new URL(system.url);
  const { host } = apiHost({ ...system.nats.env, PORT: port });
  const folder = system.nats.env["DATA_DIR"] ?? "";
  const made = () => existsSync(join(folder, "credentials", "admin-password.hash"));

  const error = await runApi(host).catch((error: unknown) => error);

  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toContain(`port ${port} on 127.0.0.1 is taken`);
  expect(String(error)).not.toContain("\n");
  expect(made()).toBe(false);
});

test("wrong variables are all named at once, and never a value", async () => {
  const { host } = apiHost({ PORT: "eighty", TRUST_PROXY: "perhaps", ADMIN_PASSWORD: "short" });

  const error = await runApi(host).catch((error: unknown) => error);

  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toContain("PORT: expected a port from 0 to 65535");
  expect(String(error)).toContain("TRUST_PROXY: expected true or false");
  expect(String(error)).toContain("ADMIN_PASSWORD: expected a password of 8 to 1,000 characters");
  expect(String(error)).not.toMatch(/eighty|perhaps|short/);
});

test("without a password one is made at the first start, shown once, and kept as a hash for its owner alone", async () => {
  using folder = temporaryFolder();
  const shown: string[] = [];
  const source = {
    password: undefined,
    dataDir: folder.path,
    print: (text: string) => void shown.push(text),
  };

  const first = await readAdminPassword(source);
  const second = await readAdminPassword(source);

  const path = join(folder.path, "credentials", "admin-password.hash");
  const password = /once\): (\S+)/.exec(shown[0] ?? "")?.[1] ?? "";
  expect(shown).toHaveLength(1);
  expect(password).toHaveLength(20);
  expect(await verifyPassword(password, second.hash)).toBe(true);
  expect(await verifyPassword(`${password} `, second.hash)).toBe(false);
  expect(second).toEqual(first);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).not.toContain(password);
});

test("a given password wins, and a file that holds no hash is told", async () => {
  using folder = temporaryFolder();
  const print = () => {};

  const given = await readAdminPassword({ password: "mine", dataDir: folder.path, print });
  await readAdminPassword({ password: undefined, dataDir: folder.path, print });
  writeFileSync(join(folder.path, "credentials", "admin-password.hash"), "plain text\n");
  const error = await readAdminPassword({
    password: undefined,
    dataDir: folder.path,
    print,
  }).catch((error: unknown) => error);

  expect(await verifyPassword("mine", given.hash)).toBe(true);
  expect(given.hash).toStartWith("$argon2id$");
  expect(error).toBeInstanceOf(ConfigError);
});

test("the key of logins stays the same from start to start, and is another with another password", async () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const keyOf = async (password: string | undefined, dataDir = folder.path) =>
    Buffer.from((await readAdminPassword({ password, dataDir, print: () => {} })).loginKey);

  const keys = [
    await keyOf("a password"),
    await keyOf("a Password"),
    await keyOf(undefined),
    await keyOf(undefined, other.path),
  ];

  expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(4);
  expect(await keyOf("a password")).toEqual(keys[0] ?? Buffer.of());
  expect(await keyOf(undefined)).toEqual(keys[2] ?? Buffer.of());
});

test("the api is ready while it reaches the bus, and is found there", async () => {
  await using system = await startSystem();

  expect(system.host.health.report()).toMatchObject({
    status: "ready",
    services: { api: { ready: true } },
  });
});
