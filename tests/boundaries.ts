/** The import table of the whole repository: who may use what. tests/boundaries.test.ts holds every file to it. */
import { posix } from "node:path";
import { isForTests, type SourceFile } from "./source-file.ts";

interface Reserved {
  /** What is reserved, as an import or (for text rules) as a piece of code. */
  readonly pattern: RegExp;
  readonly owners: readonly string[];
  /** Whether tests may use it as well: for an import those of the whole system, for a piece of code all. */
  readonly tests: boolean;
}

/** Packages that only one place may import. `node_modules` would allow more: a declared dependency is one line away. */
const RESERVED_IMPORTS: readonly Reserved[] = [
  { pattern: /^nats$|^@nats-io\//, owners: ["libs/bus"], tests: true },
  { pattern: /^drizzle-orm(\/|$)|^bun:sqlite$/, owners: ["services/store"], tests: true },
  {
    pattern: /^@tracker\/steam$/,
    owners: ["services/steam-poller", "services/importer", "services/steamspy-collector"],
    tests: true,
  },
  { pattern: /^limiter$/, owners: ["libs/limiter"], tests: false },
  { pattern: /^elysia$|^@elysiajs\//, owners: ["services/api"], tests: false },
  { pattern: /^croner$/, owners: ["services/scheduler"], tests: false },
];

/** Packages of pure functions: the same arguments always give the same answer. */
const PURE: ReadonlySet<string> = new Set(["libs/playtime", "libs/contracts"]);

/** What a service shows to everybody: the client of the REST API, of whose routes it imports nothing but their types. */
const SHOWN_TO_ALL: ReadonlySet<string> = new Set(["@tracker/api/client"]);

/** Pieces of code that only some files may hold. */
const RESERVED_CODE: readonly (Reserved & { readonly what: string })[] = [
  {
    what: "reads the environment",
    pattern: /\b(?:process|Bun|import\.meta)\.env\b|\benv\b[^;{}]*\}\s*=\s*process\b/,
    // The UI's bundler is told by this name that it builds for production.
    owners: ["services/main.ts", "services/api/ui/build.ts"],
    tests: true,
  },
  {
    what: "knows an address of Steam or SteamSpy",
    pattern: /steampowered\.com|steamspy\.com|steamcommunity\.com|steamstatic\.com/,
    // The page on which an account is set up links to the one where Steam gives out keys.
    owners: [
      "libs/steam",
      "services/api/src/image-host.ts",
      "services/api/ui/src/setup/account-form.tsx",
    ],
    tests: true,
  },
  {
    what: "holds an asynchronous transaction, which SQLite commits before its work is done",
    pattern: /\btransaction\(\s*async\b/,
    owners: [],
    tests: false,
  },
];

/** Files that nobody imports because something else starts them. */
const ENTRIES =
  /(?:\.test|\.config|(?:^|\/)bench)\.ts$|^services\/main\.ts$|^services\/api\/(?:ui\/build\.ts|ui\/src\/main\.tsx|src\/build-ui\.ts)$|^tests\/(?:run\.ts|suites\/|[a-z-]+\/main\.ts$)/;

/** Every breach of the table, one line each: `path: what is wrong`. `entries` are started by something that is no source. */
export function violations(
  files: readonly SourceFile[],
  entries: readonly string[] = [],
): string[] {
  const services = new Set(
    files.flatMap(({ owner }) => /^services\/([^/.]+)$/.exec(owner)?.[1] ?? []),
  );
  const found = files.flatMap((file) =>
    [
      ...file.imports.flatMap((target) => problemOfImport(file, target, services) ?? []),
      ...RESERVED_CODE.filter(
        (rule) =>
          rule.pattern.test(file.code) && !mayUse(file, rule) && !(rule.tests && file.isTest),
      ).map((rule) => rule.what),
    ].map((problem) => `${file.path}: ${problem}`),
  );
  return [...found, ...unreached(files, entries)].sort();
}

function mayUse({ path, owner }: SourceFile, rule: Reserved): boolean {
  return (
    rule.owners.includes(owner) || rule.owners.includes(path) || (rule.tests && owner === "tests")
  );
}

function problemOfImport(
  file: SourceFile,
  target: string,
  services: ReadonlySet<string>,
): string | undefined {
  if (target.startsWith(".")) return problemOfRelativeImport(file, target);
  const reserved = RESERVED_IMPORTS.find((rule) => rule.pattern.test(target));
  if (reserved !== undefined && !mayUse(file, reserved)) return `imports ${target}`;
  if (PURE.has(file.owner) && !file.isTest && /^(?:node|bun):/.test(target)) {
    return `imports ${target}, but is to do no I/O`;
  }
  const name = /^@tracker\/([^/]+)/.exec(target)?.[1] ?? "";
  const isOutside = file.path === "services/main.ts" || file.owner === "tests";
  if (services.has(name) && !isOutside && !SHOWN_TO_ALL.has(target))
    return `imports the service ${target}`;
  const isOfTests = name === "tests" || /^@tracker\/[^/]+\/(?:test-.+|.+-fixture)$/.test(target);
  return isOfTests && !file.isTest ? `imports ${target}, but is no test` : undefined;
}

function problemOfRelativeImport(file: SourceFile, target: string): string | undefined {
  const path = posix.join(posix.dirname(file.path), target);
  // main.ts stands outside the packages: it starts what only a checkout has, and its version is the repository's.
  const isMains = file.path === "services/main.ts" && /^(?:tests\/|package\.json$)/.test(path);
  if (!isMains && !path.startsWith(`${file.owner}/`)) return `leaves its package for ${path}`;
  return isForTests(path) && !file.isTest ? `imports ${path}, but is no test` : undefined;
}

/** Files that no entry leads to, directly or through others: left over, or never wired in. */
function unreached(files: readonly SourceFile[], entries: readonly string[]): string[] {
  const left = new Map(files.map((file) => [file.path, file]));
  const queue = [...left.keys()].filter((path) => ENTRIES.test(path) || entries.includes(path));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const file = left.get(path);
    if (file === undefined) continue;
    left.delete(path);
    queue.push(...pathsNamedBy(file));
  }
  return [...left.keys()].map((path) => `${path}: is neither imported nor an entry`);
}

/** Imports, and the quoted paths by which a worker or another process is started. */
function pathsNamedBy({ path, code, imports }: SourceFile): string[] {
  const quoted = [...code.matchAll(/["'`]([\w./-]+\.tsx?)["'`]/g)].map(([, name = ""]) => name);
  return [...imports, ...quoted].map((name) => posix.join(posix.dirname(path), name));
}
