import { announce } from "./notice.ts";

/** A browser lets only pages of a safe origin write to the clipboard; elsewhere the text is selected where it is shown, to be copied by hand. */
export async function copyText(text: string, shown: HTMLElement | null): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce({ text: "Copied.", tone: "good" });
  } catch {
    if (shown instanceof HTMLInputElement) shown.select();
    else if (shown !== null) window.getSelection()?.selectAllChildren(shown);
    announce({
      text: "The browser does not let this page copy. The text is selected: copy it yourself.",
    });
  }
}
