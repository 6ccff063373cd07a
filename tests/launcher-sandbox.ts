import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The version that the sandbox's package.json pins. */
const PINNED_BUN = "1.4.5";

/** What every Debian, Ubuntu and macOS has and the launcher may use. No unzip: a bare Debian has none. */
const BARE_COMMANDS =
  "basename bash cat chmod cmp cut dirname env grep gzip head id ldd ln mkdir mv od perl readlink rm sh sha256sum shasum sleep sysctl tail tar uname wc";

/** Prints what it was started with, and keeps a note of each install. */
const BUN = `#!/bin/sh
case $1 in
--version) echo ${PINNED_BUN} ;;
install) echo install >>installs && mkdir -p node_modules ;;
*)
  echo "arguments: $*"
  echo "folder: $(pwd)"
  env
  ;;
esac
`;

export interface Outcome {
  readonly exitCode: number;
  /** What services/main.ts would have been started with: the stand-in for bun prints it. */
  readonly stdout: string;
  /** The launcher's own words. */
  readonly stderr: string;
}

/** A machine with nothing but a shell, and a server that stands in for GitHub. */
export interface Sandbox extends AsyncDisposable {
  /** The fresh clone: the launcher, and just enough of a workspace. */
  readonly folder: string;
  /** Paths asked of the server, in order. */
  readonly requests: string[];
  /** Path to content; whatever is not in here is a 404. */
  readonly releases: Map<string, Uint8Array>;
  /** Puts an executable on the PATH and returns its path. */
  addCommand(name: string, script: string): Promise<string>;
  /** Puts one of this machine's own commands on the PATH. */
  addMachineCommand(name: string): Promise<void>;
  write(path: string, content: string): Promise<void>;
  read(path: string): Promise<string>;
  run(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    program?: string,
  ): Promise<Outcome>;
}

export const standIns = {
  bun: BUN,
  natsServer: (version: string) => `#!/bin/sh\necho "nats-server: v${version}"\n`,
  natsCli: "#!/bin/sh\necho v0.4.0\n",
  /** apt-get with one mirror that has whatever is asked for, as files named after their packages. */
  aptGet: `#!/bin/sh
case "$*" in
*indextargets*) echo http://deb.debian.org/debian/ ;;
*" download "*) for word; do case $word in golang-*) echo >"$word.deb" ;; esac done ;;
esac
`,
  aptCache:
    "#!/bin/sh\nprintf 'golang-go\\n  Depends: golang-1.26-go\\n  Depends: golang-src\\n'\n",
  /** Unpacks the Go of Debian, which builds `program`. */
  dpkgDeb: (program: string) => `#!/bin/sh
[ "$(basename "$2")" = golang-1.26-go.deb ] || exit 0
mkdir -p "$3/usr/lib/go-1.26/bin"
cat >"$3/usr/lib/go-1.26/bin/go" <<'GO'
#!/bin/sh
[ "$1" = build ] && grep -q natscli go.mod && cat >program <<'PROGRAM'
${program}
PROGRAM
GO
chmod 755 "$3/usr/lib/go-1.26/bin/go"
`,
  failing: (words: string) => `#!/bin/sh\necho "${words}" >&2\nexit 1\n`,
};

export async function createSandbox(): Promise<Sandbox> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "tracker-launcher-")));
  const folder = join(home, "clone");
  const bin = join(home, "bin");
  const releases = new Map<string, Uint8Array>();
  const requests: string[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      requests.push(pathname);
      const content = releases.get(pathname);
      return content ? new Response(content) : new Response("not found", { status: 404 });
    },
  });

  const write = async (path: string, content: string) => {
    const target = join(folder, path);
    await mkdir(join(target, ".."), { recursive: true });
    await writeFile(target, content);
  };
  const addCommand = async (name: string, script: string) => {
    const target = join(bin, name);
    await rm(target, { force: true });
    await writeFile(target, script);
    await chmod(target, 0o755);
    return target;
  };
  const addMachineCommand = async (name: string) => {
    const found = Bun.which(name);
    if (found !== null) await symlink(found, join(bin, name));
  };

  await mkdir(bin, { recursive: true });
  for (const name of [...BARE_COMMANDS.split(" "), "curl"]) await addMachineCommand(name);
  await fillClone(folder, write);

  return {
    folder,
    requests,
    releases,
    addCommand,
    addMachineCommand,
    write,
    read: (path) => readFile(join(folder, path), "utf8"),
    async run(args, env = {}, program = join(folder, "tracker")) {
      const child = Bun.spawn([program, ...args], {
        cwd: home,
        env: { HOME: home, PATH: bin, TRACKER_GITHUB_URL: server.url.origin, ...env },
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      });
      const [stdout, stderr, exitCode] = await Promise.all([
        child.stdout.text(),
        child.stderr.text(),
        child.exited,
      ]);
      return { exitCode, stdout, stderr };
    },
    async [Symbol.asyncDispose]() {
      await server.stop(true);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function fillClone(folder: string, write: Sandbox["write"]): Promise<void> {
  const repository = join(import.meta.dir, "..");
  await mkdir(folder);
  await cp(join(repository, "tracker"), join(folder, "tracker"));
  const ways = "services/commands/launcher";
  await cp(join(repository, ways), join(folder, ways), { recursive: true });
  await write("package.json", JSON.stringify({ packageManager: `bun@${PINNED_BUN}` }, null, 2));
  for (const path of [
    "bun.lock",
    "bunfig.toml",
    "libs/a/package.json",
    "services/a/package.json",
    "services/api/ui/package.json",
    "tests/package.json",
  ])
    await write(path, "{}");
}
