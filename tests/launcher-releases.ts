import { deflateRawSync } from "node:zlib";
import type { Sandbox } from "./launcher-sandbox.ts";

/** Names in archives, and their content. */
type Members = Readonly<Record<string, string>>;

interface Release {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly tag: string;
  readonly asset: string;
  readonly checksums: string;
  readonly archive: Uint8Array;
}

/** This machine as Go's releases name it (`linux-amd64`), and as bun's do (`linux-x64`). */
const machine = {
  go: `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`,
  bun: `${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`,
};

/** Lets the stand-in for GitHub have a release, its checksum file included, and returns the path of its asset. */
export function publish(sandbox: Sandbox, release: Release): string {
  const folder = `/${release.repository}/releases/download/${release.tag}`;
  const digest = new Bun.CryptoHasher("sha256").update(release.archive).digest("hex");
  const checksums = `${folder}/${release.checksums}`;
  const known =
    sandbox.releases.get(checksums) ?? Buffer.from(`${"0".repeat(64)}  another-${release.asset}\n`);
  sandbox.releases.set(
    checksums,
    Buffer.concat([known, Buffer.from(`${digest}  ${release.asset}\n`)]),
  );
  sandbox.releases.set(`${folder}/${release.asset}`, release.archive);
  return `${folder}/${release.asset}`;
}

/** bun's release has an archive for each kind of machine, this one's whatever its processor and its C library are. */
export function publishBun(sandbox: Sandbox, script: string): void {
  for (const variant of ["", "-baseline", "-musl", "-musl-baseline"]) {
    const name = `bun-${machine.bun}${variant}`;
    const archive = zip({ [`${name}/`]: "", [`${name}/bun`]: script }, { sizesFollow: false });
    publish(sandbox, {
      repository: "oven-sh/bun",
      tag: "bun-v1.4.5",
      asset: `${name}.zip`,
      checksums: "SHASUMS256.txt",
      archive,
    });
  }
}

export async function natsServerRelease(script: string): Promise<Release> {
  const name = `nats-server-v2.15.1-${machine.go}`;
  const archive = await new Bun.Archive(
    { [`${name}/README.md`]: "NATS", [`${name}/nats-server`]: script },
    { compress: "gzip" },
  ).bytes();
  return {
    repository: "nats-io/nats-server",
    tag: "v2.15.1",
    asset: `${name}.tar.gz`,
    checksums: "SHA256SUMS",
    archive,
  };
}

export function natsCliRelease(script: string): Release {
  const name = `nats-0.4.0-${machine.go}`;
  const members = {
    [`${name}/LICENSE`]: "Apache",
    [`${name}/README.md`]: "NATS",
    [`${name}/nats`]: script,
  };
  return {
    repository: "nats-io/natscli",
    tag: "v0.4.0",
    asset: `${name}.zip`,
    checksums: "SHA256SUMS",
    archive: zip(members, { sizesFollow: true }),
  };
}

/**
 * A zip archive. With `sizesFollow` a member's header leaves its sizes to a descriptor behind the data, as Go's writer does
 * (and so the natscli releases); without, they stand in the header, as Info-ZIP does (and so bun's).
 */
function zip(members: Members, { sizesFollow }: { readonly sizesFollow: boolean }): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const data = deflateRawSync(content);
    const facts = {
      name: Buffer.from(name),
      crc: Bun.hash.crc32(content),
      packed: data.length,
      size: content.length,
      offset,
    };
    const member = Buffer.concat([
      header(facts, sizesFollow),
      data,
      sizesFollow ? descriptor(facts) : Buffer.alloc(0),
    ]);
    parts.push(member);
    directory.push(directoryEntry(facts, sizesFollow));
    offset += member.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}

interface MemberFacts {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const DEFLATED = 8;
const SIZES_FOLLOW = 0x08;

function header({ name, crc, packed, size }: MemberFacts, sizesFollow: boolean): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(0x04034b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(sizesFollow ? SIZES_FOLLOW : 0, 6);
  bytes.writeUInt16LE(DEFLATED, 8);
  if (!sizesFollow) writeSizes(bytes, 14, crc, packed, size);
  bytes.writeUInt16LE(name.length, 26);
  return Buffer.concat([bytes, name]);
}

function descriptor({ crc, packed, size }: MemberFacts): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  writeSizes(bytes, 4, crc, packed, size);
  return bytes;
}

function directoryEntry(
  { name, crc, packed, size, offset }: MemberFacts,
  sizesFollow: boolean,
): Buffer {
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(20, 6);
  bytes.writeUInt16LE(sizesFollow ? SIZES_FOLLOW : 0, 8);
  bytes.writeUInt16LE(DEFLATED, 10);
  writeSizes(bytes, 16, crc, packed, size);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt32LE(offset, 42);
  return Buffer.concat([bytes, name]);
}

function writeSizes(bytes: Buffer, at: number, crc: number, packed: number, size: number): void {
  bytes.writeUInt32LE(crc, at);
  bytes.writeUInt32LE(packed, at + 4);
  bytes.writeUInt32LE(size, at + 8);
}
