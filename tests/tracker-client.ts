import type { RunningTracker } from "./running-tracker.ts";

/** Asks the API at `url` as its administrator, who signs in with the first request. */
export function adminOf(url: string, password: string | undefined) {
  let cookie: Promise<string> | undefined;
  // A write with the cookie has to say that it comes from the tracker's own page.
  const own = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
  const login = async () => {
    const body = JSON.stringify({ password });
    const response = await fetch(`${url}/api/login`, { method: "POST", headers: own, body });
    const set = response.headers.get("set-cookie")?.split(";")[0];
    if (set === undefined) throw new Error(`no login: ${await response.text()}`);
    return set;
  };
  const asAdmin: RunningTracker["fetch"] = async (path, init = {}) => {
    cookie ??= login();
    const headers = new Headers({ ...own, cookie: await cookie });
    return fetch(`${url}${path}`, { ...init, headers });
  };
  const read = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await asAdmin(path, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method} ${path}: ${response.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  return {
    fetch: asAdmin,
    get: <T>(path: string) => read<T>(path, { method: "GET" }),
    send: <T>(method: string, path: string, body: unknown = {}) =>
      read<T>(path, { method, body: JSON.stringify(body) }),
  };
}
