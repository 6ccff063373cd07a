import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Permission, permissions } from "./permission.ts";

export interface ServerPlace {
  readonly host: string;
  readonly port: number;
  readonly storeDir: string;
  readonly pidFile?: string;
}

/**
 * The configuration of nats-server, for the embedded child and for compose alike. `sync_interval: always` costs 0.2 ms a
 * message and saves the last seconds of acknowledged writes from a power cut; the limits fit a 1 GB droplet.
 */
export function serverConfiguration(
  place: ServerPlace,
  publicKeys: ReadonlyMap<string, string>,
): string {
  const users = [...permissions()].map(([user, permission]) =>
    userBlock(publicKeys.get(user) ?? "", user, permission),
  );
  return `# Written by tracker at each start; changes here are lost.
listen: ${JSON.stringify(`${place.host}:${place.port}`)}
server_name: tracker
${place.pidFile === undefined ? "" : `pid_file: ${JSON.stringify(place.pidFile)}\n`}max_payload: 1MB
max_pending: 16MB
max_connections: 128
write_deadline: "10s"
lame_duck_duration: "30s"
jetstream {
  store_dir: ${JSON.stringify(place.storeDir)}
  sync_interval: always
  max_memory_store: 16MB
  max_file_store: 1GB
}
accounts {
  APP {
    jetstream: enabled
    users: [
${users.join("\n")}
    ]
  }
  SYS { users: [] }
}
system_account: SYS
`;
}

/**
 * Where the server of this data folder listens, as its configuration says: the port may have been a free one. Null where there
 * is none, or where it is not for this machine alone and so known by another name.
 */
export function embeddedServerUrl(dataDir: string): string | null {
  const path = join(dataDir, "nats/nats.conf");
  if (!existsSync(path)) return null;
  const address = /^listen: "(127\.0\.0\.1:\d+)"$/m.exec(readFileSync(path, "utf8"))?.[1];
  return address === undefined ? null : `nats://${address}`;
}

function userBlock(
  publicKey: string,
  user: string,
  { publish, denyPublish, subscribe }: Permission,
): string {
  const list = (subjects: readonly string[]) =>
    `[${subjects.map((subject) => JSON.stringify(subject)).join(", ")}]`;
  const deny = denyPublish === undefined ? "" : `, deny: ${list(denyPublish)}`;
  return `      # ${user}
      { nkey: ${publicKey}, permissions: {
        publish: { allow: ${list(publish)}${deny} }
        subscribe: { allow: ${list(subscribe)} }
        allow_responses: { max: 64, expires: "5m" }
      } }`;
}
