import { expect } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";

/** Something that was said, and where. */
export type Told = readonly [place: string, text: string];

/** Shorter, and it could be there by chance. */
const SECRET_LENGTH_MIN = 16;
const CENTRAL_ENTRY = 0x02014b50;
const END_OF_ZIP = 0x06054b50;
const END_BYTES = 22;

/** Fails with the name of each secret that is told, and with where. */
export function expectUntold(secrets: ReadonlyMap<string, string>, told: readonly Told[]): void {
  for (const [name, secret] of secrets) {
    expect(`${name}: ${secret.length >= SECRET_LENGTH_MIN}`).toBe(`${name}: true`);
    const places = told
      .filter(([, text]) => disguises(secret).some((word) => text.includes(word)))
      .map(([place]) => place);
    expect({ name, places }).toEqual({ name, places: [] });
  }
}

/** Every way of a secret to be told that a careless line takes: as it is, in an address, in hex, in base64. */
function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...new Set([
      secret,
      secret.toLowerCase(),
      encodeURIComponent(secret),
      bytes.toString("hex"),
      bytes.toString("base64").replaceAll("=", ""),
    ]),
  ];
}

/** The files of a tracker's own credentials, each of which is a secret. */
export function credentialsOf(dataDir: string): Told[] {
  const folder = join(dataDir, "credentials");
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8").trim()]);
}

/** Every file below a folder but for the credentials' own, as text that keeps each byte; archives are unpacked. */
export function filesOf(dataDir: string): Told[] {
  return readdirSync(dataDir, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.startsWith("credentials"))
    .filter((path) => statSync(join(dataDir, path)).isFile())
    .map((path) => {
      const bytes = readFileSync(join(dataDir, path));
      return [path, path.endsWith(".zip") ? unpacked(bytes) : bytes.toString("latin1")];
    });
}

/** All files of a zip, one after the other. */
export function unpacked(zip: Buffer): string {
  const end = zip.length - END_BYTES;
  expect(zip.readUInt32LE(end)).toBe(END_OF_ZIP);
  const texts: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === CENTRAL_ENTRY) {
    const length = zip.readUInt32LE(at + 20);
    const header = zip.readUInt32LE(at + 42);
    const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(from, from + length);
    const isPacked = zip.readUInt16LE(at + 10) !== 0;
    texts.push((isPacked ? inflateRawSync(packed) : packed).toString("latin1"));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return texts.join("\n");
}
