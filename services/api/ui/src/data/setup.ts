import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AccountCheck } from "@tracker/contracts";
import { send } from "./client.ts";
import { KEYS } from "./key.ts";

export interface NewAccount {
  readonly steam_api_key: string;
  readonly steam_id: string;
}

/** Has Steam asked about the account and, where Steam accepts it, keeps it. */
export function useSetUpAccount() {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsItself: true },
    mutationFn: (account: NewAccount) => send<AccountCheck>("POST", "/api/setup", account),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEYS.status] }),
  });
}

/** Nobody is followed any more; the key is forgotten. */
export function useForgetAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send("DELETE", "/api/setup"),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEYS.status] }),
  });
}
