// The menu of commands that Telegram shows beside the text field.
import { COMMANDS } from '../wording/commands.ts';
import type { Api } from './api.ts';

/** Whether Telegram took the menu; without it everything works, only the menu is missing. */
export async function announceCommands(api: Api): Promise<boolean> {
  return (await api.call('setMyCommands', { commands: COMMANDS })).ok;
}
