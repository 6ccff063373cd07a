/** What can go wrong between processes: the code travels, `http` is what the REST edge answers, `retry` whether asking again may help. */
export const ERROR_CODES = {
  INVALID: { http: 422, retry: false },
  UNAUTHORIZED: { http: 401, retry: false },
  FORBIDDEN: { http: 403, retry: false },
  NOT_FOUND: { http: 404, retry: false },
  CONFLICT: { http: 409, retry: false },
  TOO_LARGE: { http: 413, retry: false },
  LIMITED: { http: 429, retry: true },
  INTERNAL: { http: 500, retry: false },
  UNAVAILABLE: { http: 503, retry: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * The one error that crosses processes. The message is for the caller (expected, then got); the cause is for our log
 * and stays in the process. `field` is a JSON pointer into the request when one part of it is to blame.
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; field?: string } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}

/** Whether nobody answered, or could just now: the same request may work later. */
export function isUnavailable(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.code === "UNAVAILABLE";
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
