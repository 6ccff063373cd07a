/** What is sent back, before a failure on demand spoils it. `outcome` is for the log. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly outcome: string;
  /** Steam's own result, where it is not 1 for what went well. */
  readonly eresult?: number;
}

const JSON_TYPE = "application/json; charset=UTF-8";
const HTML_TYPE = "text/html; charset=UTF-8";

export function json(body: unknown, outcome = "ok"): Reply {
  return {
    status: 200,
    contentType: JSON_TYPE,
    body: JSON.stringify(body),
    outcome,
  };
}

export function jsonText(body: string): Reply {
  return { status: 200, contentType: JSON_TYPE, body, outcome: "ok" };
}

export function text(status: number, body: string, outcome = "ok"): Reply {
  return { status, contentType: HTML_TYPE, body, outcome };
}

function page(status: number, title: string, text: string, outcome: string): Reply {
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1>${text}</body></html>`;
  return { status, contentType: HTML_TYPE, body, outcome };
}

const KEY_TEXT =
  "Access is denied. Retrying will not help. Please verify your <pre>key=</pre> parameter.";

export const KEY_REFUSED = page(401, "Unauthorized", KEY_TEXT, "bad_key");

/** GetOwnedGames answers a bad key with 401, all the others with 403. */
export function badKey(endpoint: string): Reply {
  return endpoint === "GetOwnedGames" ? KEY_REFUSED : page(403, "Forbidden", KEY_TEXT, "bad_key");
}

export const NO_KEY = page(400, "Bad Request", "Required parameter 'key' is missing", "no_key");

export const BAD_STEAM_ID = page(
  400,
  "Bad Request",
  "Please verify that all required parameters are being sent",
  "bad_steam_id",
);

export const NO_MATCH = json({ response: { success: 42, message: "No match" } }, "no_match");

export function unknownMethod(interfaceName: string, method: string): Reply {
  const text = `Method '${method}' not found in interface '${interfaceName}'`;
  return page(404, "Not Found", text, "unknown_method");
}

/** Steam's edge writes its own page. */
export const TOO_MANY_REQUESTS: Reply = {
  status: 429,
  contentType: "text/html",
  body: "<html>\n<head>\n<title>429 Too Many Requests</title>\n</head>\n<body>\n<h1>Too Many Requests</h1>\n</body>\n</html>\n",
  outcome: "limited",
};

/** The store says so with a body that is JSON. */
export const TOO_MANY_REQUESTS_OF_STORE: Reply = { ...jsonText("null"), status: 429 };

/** A success, as far as HTTP knows. */
export const OVERLOADED = text(200, "Connection failed: Too many connections");

export const RATE_LIMIT_RESULT: Reply = { ...json({ response: {} }), eresult: 84 };

export const SERVICE_UNAVAILABLE = page(
  503,
  "Service Unavailable",
  "The service is temporarily unavailable.",
  "unavailable",
);

export const SERVER_ERROR: Reply = {
  status: 500,
  contentType: HTML_TYPE,
  body: "",
  outcome: "server_error",
};

export const WEB_PAGE = page(200, "Maintenance", "Steam is down for maintenance.", "html");
