/** What an answer is told apart by. Weak, as the compressed forms share it. */
export function etagOf(body: Uint8Array<ArrayBuffer>): string {
  return `W/"${Bun.hash(body).toString(36)}"`;
}

/** Whether a list of ETags, as of If-None-Match or If-Match, names this one; with or without its `W/`. */
export function namesEtag(list: string, etag: string): boolean {
  const wanted = opaque(etag);
  return list.trim() === "*" || list.split(",").some((given) => opaque(given) === wanted);
}

function opaque(etag: string): string {
  return etag.trim().replace(/^W\//, "");
}
