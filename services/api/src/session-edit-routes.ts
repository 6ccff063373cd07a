import {
  addSession,
  listSessionEdits,
  mergeSessions,
  moveSession,
  removeSession,
  splitSession,
  Strict,
  undoSessionEdit,
} from "@tracker/contracts";
import { Elysia } from "elysia";
import { SESSION_EDIT_OUTCOME_EXAMPLE, pageOf } from "./answer-example.ts";
import type { Ask } from "./question.ts";
import { copy, parameters, withExample } from "./schema.ts";

const tags = ["Corrections"];
const { id: Id, ...Move } = moveSession.input.properties;
const ById = parameters(Strict({ id: Id }));
const { at: At } = splitSession.input.properties;

/** A person's corrections of what was played when: kept beside the evidence, respected by every figure, and undone one by one. */
export function sessionEditRoutes(ask: Ask) {
  return new Elysia({ name: "session-edits" })
    .post(
      "/api/sessions",
      async ({ body, set }) => {
        const outcome = await ask(addSession, body);
        set.status = 201;
        return outcome;
      },
      {
        body: copy(addSession.input),
        response: { 201: withExample(addSession.output, SESSION_EDIT_OUTCOME_EXAMPLE) },
        detail: { tags, summary: "Add a session", description: addSession.description },
      },
    )
    .patch("/api/sessions/:id", ({ params, body }) => ask(moveSession, { ...params, ...body }), {
      params: ById,
      body: Strict(Move),
      response: { 200: withExample(moveSession.output, SESSION_EDIT_OUTCOME_EXAMPLE) },
      detail: { tags, summary: "Move or trim a session", description: moveSession.description },
    })
    .delete("/api/sessions/:id", ({ params }) => ask(removeSession, params), {
      params: ById,
      response: { 200: withExample(removeSession.output, SESSION_EDIT_OUTCOME_EXAMPLE) },
      detail: { tags, summary: "Take a session out", description: removeSession.description },
    })
    .post(
      "/api/sessions/:id/split",
      ({ params, body }) => ask(splitSession, { ...params, ...body }),
      {
        params: ById,
        body: Strict({ at: At }),
        response: { 200: withExample(splitSession.output, SESSION_EDIT_OUTCOME_EXAMPLE) },
        detail: { tags, summary: "Split a session", description: splitSession.description },
      },
    )
    .post("/api/sessions/merge", ({ body }) => ask(mergeSessions, body), {
      body: copy(mergeSessions.input),
      response: { 200: withExample(mergeSessions.output, SESSION_EDIT_OUTCOME_EXAMPLE) },
      detail: { tags, summary: "Merge sessions", description: mergeSessions.description },
    })
    .get("/api/sessions/edits", ({ query }) => ask(listSessionEdits, query), {
      query: parameters(listSessionEdits.input),
      response: {
        200: withExample(listSessionEdits.output, pageOf(SESSION_EDIT_OUTCOME_EXAMPLE.edit)),
      },
      detail: { tags, summary: "List corrections", description: listSessionEdits.description },
    })
    .post("/api/sessions/edits/:id/undo", ({ params }) => ask(undoSessionEdit, params), {
      params: ById,
      response: { 200: withExample(undoSessionEdit.output, SESSION_EDIT_OUTCOME_EXAMPLE) },
      detail: { tags, summary: "Undo a correction", description: undoSessionEdit.description },
    });
}
