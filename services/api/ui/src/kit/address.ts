/**
 * Reads parts of an address. Anybody may have typed it, so what does not fit is undefined; whoever reads an address names
 * every part all the same, because the router lays what is read over what was typed.
 */
export function readText(value: unknown): string | undefined {
  const given = typeof value === "number" ? String(value) : value;
  return typeof given === "string" && given !== "" ? given : undefined;
}

export function readOrder(value: unknown): "asc" | "desc" | undefined {
  return value === "asc" || value === "desc" ? value : undefined;
}
