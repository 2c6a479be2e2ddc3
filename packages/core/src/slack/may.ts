import type { SlackUser } from "../model/index.ts";
import type { SlackDesk } from "./ports.ts";

/** Who may push buttons: these users, and whoever is in the group. */
export interface Allowed {
  readonly users: readonly string[];
  readonly group?: string;
}

/** Whether a user may act. Throws when Slack does not tell who is in the group; nobody may act then. */
export async function mayAct(
  { id }: SlackUser,
  { users, group }: Allowed,
  desk: Pick<SlackDesk, "membersOf">,
): Promise<boolean> {
  if (users.includes(id)) return true;
  return group !== undefined && (await desk.membersOf(group)).includes(id);
}
