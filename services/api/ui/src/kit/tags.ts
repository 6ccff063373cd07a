/** The tags of a text that has them between commas, each once. */
export function tagsIn(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
