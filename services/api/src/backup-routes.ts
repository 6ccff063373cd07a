import { join } from "node:path";
import { BackupName, BACKUPS_FOLDER, listBackups, ServiceError, Strict } from "@tracker/contracts";
import { Elysia } from "elysia";
import { BACKUP_EXAMPLE } from "./operation-example.ts";
import { FILE_TYPES, fileReply } from "./file-reply.ts";
import type { Ask } from "./question.ts";
import { copy, parameters, withExample } from "./schema.ts";

const tags = ["Operation"];

/** The copies of the database. The job `backup` makes one; the store writes them into the folder that both share. */
export function backupRoutes(ask: Ask, dataDir: string) {
  return new Elysia({ name: "backups" })
    .get("/api/backups", () => ask(listBackups, {}), {
      response: {
        200: withExample(listBackups.output, {
          items: [BACKUP_EXAMPLE],
        }),
      },
      detail: {
        tags,
        summary: "List backups",
        description: `${listBackups.description} \`checked\` says that it was looked through when it was made. The job \`backup\` makes one now.`,
      },
    })
    .get("/api/backups/:name", ({ params }) => handOut(ask, dataDir, params.name), {
      params: parameters(Strict({ name: copy(BackupName) })),
      detail: {
        tags,
        summary: "Download a backup",
        description:
          "The file as it is: a SQLite database with everything, also the hashes of tokens. `tracker restore FILE` puts it in the place of the database.",
        responses: { 200: { description: "The database", content: { [FILE_TYPES.database]: {} } } },
      },
    });
}

async function handOut(ask: Ask, dataDir: string, name: string): Promise<Response> {
  const reply = fileReply(join(dataDir, BACKUPS_FOLDER, name), FILE_TYPES.database);
  if (reply !== null) return reply;
  const { items } = await ask(listBackups, {});
  if (!items.some((backup) => backup.name === name)) {
    throw new ServiceError("NOT_FOUND", `there is no backup ${name}`);
  }
  throw new ServiceError("UNAVAILABLE", "the backup is not in this service's DATA_DIR");
}
