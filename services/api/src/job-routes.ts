import {
  cancelJob,
  getJob,
  Job,
  JOB_KINDS,
  JobKindName,
  listJobs,
  pauseJob,
  resumeJob,
  StartedJob,
  startJob,
  Strict,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { pageOf } from "./answer-example.ts";
import { JOB_EXAMPLE, STARTED_JOB_EXAMPLE } from "./operation-example.ts";
import type { Ask } from "./question.ts";
import { parameters, withExample } from "./schema.ts";
import { checkBody } from "./strictness.ts";

const tags = ["Jobs"];
const ById = parameters(getJob.input);
const NewJob = Strict({
  kind: JobKindName,
  /** What the kind takes; absent means its defaults. */
  arguments: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())),
});
const kinds = Object.entries(JOB_KINDS).map(([kind, job]) => `\`${kind}\`: ${job.description}`);

/** Work that takes a while: started here, done by its worker, kept by the store. */
export function jobRoutes(ask: Ask) {
  return new Elysia({ name: "jobs" })
    .get("/api/jobs", ({ query }) => ask(listJobs, query), {
      query: parameters(listJobs.input),
      response: { 200: withExample(listJobs.output, pageOf(JOB_EXAMPLE)) },
      detail: { tags, summary: "List jobs", description: listJobs.description },
    })
    .post(
      "/api/jobs",
      async ({ body, set }) => {
        const given = body.arguments ?? {};
        checkBody(JOB_KINDS[body.kind].arguments, given, "/arguments");
        const started = await ask(startJob(body.kind), given);
        set.status = started.already_active ? 200 : 202;
        set.headers["location"] = `/api/jobs/${started.id}`;
        return started;
      },
      {
        body: NewJob,
        response: {
          200: withExample(StartedJob, { ...STARTED_JOB_EXAMPLE, already_active: true }),
          202: withExample(StartedJob, STARTED_JOB_EXAMPLE),
        },
        detail: {
          tags,
          summary: "Start a job",
          description: `202 when it was started; 200 with \`already_active\` when one of its kind is active. ${kinds.join(" ")}`,
        },
      },
    )
    .get("/api/jobs/:id", ({ params }) => ask(getJob, params), {
      params: ById,
      response: { 200: withExample(Job, JOB_EXAMPLE) },
      detail: { tags, summary: "Get a job", description: getJob.description },
    })
    .post("/api/jobs/:id/pause", ({ params }) => ask(pauseJob, params), {
      params: ById,
      response: { 200: withExample(Job, JOB_EXAMPLE) },
      detail: { tags, summary: "Pause a job", description: pauseJob.description },
    })
    .post("/api/jobs/:id/resume", ({ params }) => ask(resumeJob, params), {
      params: ById,
      response: { 200: withExample(Job, JOB_EXAMPLE) },
      detail: { tags, summary: "Resume a job", description: resumeJob.description },
    })
    .post("/api/jobs/:id/cancel", ({ params }) => ask(cancelJob, params), {
      params: ById,
      response: { 200: withExample(Job, JOB_EXAMPLE) },
      detail: { tags, summary: "Cancel a job", description: cancelJob.description },
    });
}
