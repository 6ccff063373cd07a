import { type Answer, classify, type Endpoint, SteamFailure } from "@tracker/steam";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=UTF-8",
  json: "application/json; charset=UTF-8",
  txt: "text/html",
};

/** A recorded answer; its status and content type are in its name. */
export async function recorded(path: string, name: string): Promise<Answer> {
  const extension = name.split(".").at(-1) ?? "";
  return {
    // The status is the part of the name that is a number; what has none is a success.
    status: Number(/\.(\d{3})\./.exec(name)?.[1] ?? 200),
    headers: new Headers({ "content-type": CONTENT_TYPES[extension] ?? "" }),
    body: await Bun.file(`${path}/${name}`).text(),
  };
}

/** What an answer means: the data, or the kind of failure. */
export function outcomeOf(endpoint: Endpoint<unknown>, answer: Answer): unknown {
  try {
    return classify(endpoint, answer, Date.now());
  } catch (error) {
    return error instanceof SteamFailure ? error.kind : error;
  }
}
