export interface TagList {
  /** To be given back the next time: the list is left out while it is the same. */
  readonly versionHash: string;
  /** Null when it is still the list of the version hash that was given. */
  readonly tags: readonly { readonly tagId: number; readonly name: string }[] | null;
}
