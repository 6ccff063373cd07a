import { join } from "node:path";
import {
  ArchiveName,
  EXPORTS_FOLDER,
  FINAL_JOB_STATES,
  getJob,
  type Job,
  ServiceError,
  startJob,
  Strict,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import { FILE_TYPES, fileReply } from "./file-reply.ts";
import type { Ask } from "./question.ts";
import { copy, parameters } from "./schema.ts";

const tags = ["Operation"];
const LOOK_MS = 100;
/** Shorter than a connection may be idle. A year of 300 games takes about a second. */
const WAIT_MS_MAX = 45_000;
/** Hands out everything as one zip. The store writes it into the folder that both share, as it is too large for a message. */
export function exportRoutes(ask: Ask, dataDir: string) {
  const replyOf = (file: string) =>
    fileReply(join(dataDir, EXPORTS_FOLDER, file), FILE_TYPES.archive);
  return new Elysia({ name: "export" })
    .get(
      "/api/export",
      async ({ request }) => {
        const reply = replyOf(await exportedFile(ask, request.signal));
        if (reply !== null) return reply;
        throw new ServiceError("UNAVAILABLE", "the archive is not in this service's DATA_DIR");
      },
      {
        detail: {
          tags,
          summary: "Everything as one zip",
          description:
            "Starts the job `export` and answers its archive: JSON lines for every table with a manifest, and CSV of games, sessions and achievements. It holds no credentials. `tracker import-archive` brings it into an empty tracker. 503 while a very large one is still being written: ask again; 409 while that job is paused.",
          responses: {
            200: { description: "The archive", content: { [FILE_TYPES.archive]: {} } },
            409: { $ref: "#/components/responses/409" },
          },
        },
      },
    )
    .get(
      "/api/exports/:name",
      ({ params: { name } }) => {
        const reply = replyOf(name);
        if (reply !== null) return reply;
        throw new ServiceError(
          "NOT_FOUND",
          `there is no archive ${name}: one is kept for a day, and the job export writes another`,
        );
      },
      {
        params: parameters(Strict({ name: copy(ArchiveName) })),
        detail: {
          tags,
          summary: "Download an archive",
          description:
            "What a job `export` has written, under the name that its `result.file` tells, for a day.",
          responses: { 200: { description: "The archive", content: { [FILE_TYPES.archive]: {} } } },
        },
      },
    );
}

async function exportedFile(ask: Ask, signal: AbortSignal): Promise<string> {
  const { id } = await ask(startJob("export"), {});
  const deadline = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const job = await ask(getJob, { id });
    if (FINAL_JOB_STATES.includes(job.state)) return fileOf(job);
    if (job.state === "paused") {
      throw new ServiceError(
        "CONFLICT",
        `job ${id}, which writes the archive, is paused: resume it`,
      );
    }
    if (signal.aborted || performance.now() > deadline) {
      throw new ServiceError("UNAVAILABLE", `job ${id} is still writing the archive: ask again`);
    }
    await wait(LOOK_MS, signal);
  }
}

function fileOf({ id, state, error, result }: Job): string {
  const file = result?.["file"];
  if (state === "done" && Value.Check(ArchiveName, file)) return file;
  throw new ServiceError("UNAVAILABLE", `job ${id} ended as ${state}: ${error ?? "no archive"}`);
}
