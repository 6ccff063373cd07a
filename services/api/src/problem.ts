import { ERROR_CODES, type ErrorCode, ServiceError } from "@tracker/contracts";
import { type Log, traceparent } from "@tracker/service";
import { Type } from "@sinclair/typebox";

/** What can go wrong at the REST edge: the codes of the bus, and those that only HTTP knows. */
export type ProblemCode =
  | ErrorCode
  | "HEADERS_TOO_LONG"
  | "MALFORMED"
  | "METHOD_NOT_ALLOWED"
  | "NOT_ACCEPTABLE"
  | "PRECONDITION_FAILED"
  | "UNSUPPORTED_MEDIA_TYPE";

const PROBLEMS: Record<ProblemCode, { readonly status: number; readonly title: string }> = {
  MALFORMED: { status: 400, title: "The request cannot be read" },
  UNAUTHORIZED: { status: ERROR_CODES.UNAUTHORIZED.http, title: "Credentials are needed" },
  FORBIDDEN: { status: ERROR_CODES.FORBIDDEN.http, title: "Not allowed" },
  NOT_FOUND: { status: ERROR_CODES.NOT_FOUND.http, title: "Not found" },
  METHOD_NOT_ALLOWED: { status: 405, title: "Method not allowed" },
  NOT_ACCEPTABLE: { status: 406, title: "No form of the answer is accepted" },
  CONFLICT: { status: ERROR_CODES.CONFLICT.http, title: "In conflict with what is there" },
  PRECONDITION_FAILED: { status: 412, title: "Changed meanwhile" },
  TOO_LARGE: { status: ERROR_CODES.TOO_LARGE.http, title: "Too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "Not JSON" },
  HEADERS_TOO_LONG: { status: 431, title: "The address and headers are too long" },
  INVALID: { status: ERROR_CODES.INVALID.http, title: "A part of the request is wrong" },
  LIMITED: { status: ERROR_CODES.LIMITED.http, title: "Too many attempts" },
  INTERNAL: { status: ERROR_CODES.INTERNAL.http, title: "Something went wrong" },
  UNAVAILABLE: { status: ERROR_CODES.UNAVAILABLE.http, title: "Not available at the moment" },
};

export function titleOf(code: ProblemCode): string {
  return PROBLEMS[code].title;
}

const RETRY_AFTER_SECONDS = "2";

/** The body of every error: RFC 9457. */
export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  /** What was expected and what came. */
  detail: Type.String(),
  /** The part to blame: a JSON pointer into the body, or the name of a parameter. */
  field: Type.Optional(Type.String()),
  /** Found again in the log of every process that took part. */
  trace_id: Type.Optional(Type.String()),
});

export interface ProblemOptions {
  readonly field?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An error that is meant for the caller. Its message becomes `detail`; the cause stays in our log. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

/** Any error as one that may be shown; whatever is not meant for the caller loses its text. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof ServiceError)) {
    return new Problem("INTERNAL", "something went wrong; the log says what", { cause: error });
  }
  return new Problem(error.code, error.message, {
    field: error.field,
    cause: error.cause,
    ...(ERROR_CODES[error.code].retry ? { headers: { "retry-after": RETRY_AFTER_SECONDS } } : {}),
  });
}

/** The error as an answer. Server errors are logged here, the one place that all of them pass. */
export function problemResponse(error: unknown, log: Log): Response {
  const problem = toProblem(error);
  const { status, title } = PROBLEMS[problem.code];
  if (problem.code === "INTERNAL") log.error("a request failed", { error: problem.cause ?? error });
  if (problem.code === "UNAVAILABLE") log.warn("a request could not be answered", { error });
  const trace = traceparent()?.split("-")[1];
  const body = {
    type: `urn:game-tracker:problem:${problem.code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status,
    detail: problem.message,
    ...(problem.field === undefined ? {} : { field: problem.field }),
    ...(trace === undefined ? {} : { trace_id: trace }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...problem.headers,
    },
  });
}
