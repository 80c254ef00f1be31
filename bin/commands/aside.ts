// `alur aside list|retry|discard`: what was set aside because work on it failed, hung or ended the process again and again.
import { chatOfLane } from '../../bots/set-aside.ts';
import type { SetAside } from '../../db/inbox.ts';
import type { PgStore } from '../../db/store.ts';
import { withStore } from '../database.ts';
import { type Context, DONE, type Exit, printJson, refused, WRONG_USAGE } from '../io.ts';
import { settingsFor } from '../settings-for.ts';

export async function asideList(context: Context): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const found = await withStore(settings, (store) => store.setAside());
  if (context.json) printJson(context, found.map(asJson));
  else context.out(found.length === 0 ? 'Tidak ada kiriman yang disisihkan.\n' : found.map(line).join(''));
  return DONE;
}

export async function asideRetry(context: Context, id: string): Promise<Exit> {
  return change(context, id, (store) => store.retrySetAside(id), `Kiriman ${id} dicoba lagi.`);
}

export async function asideDiscard(context: Context, id: string): Promise<Exit> {
  return change(context, id, (store) => store.dropSetAside(id), `Kiriman ${id} dibuang.`);
}

async function change(context: Context, id: string, work: (store: PgStore) => Promise<boolean>, done: string): Promise<Exit> {
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  if (!(await withStore(settings, work))) return refused(context, `Tidak ada kiriman ${id} yang disisihkan. Lihat \`aside list\`.`);
  if (context.json) printJson(context, { id });
  else context.out(`${done}\n`);
  return DONE;
}

const chatOf = ({ channel, account, lane }: SetAside): string | null => chatOfLane({ channel, account, lane })?.id ?? null;
const utc = (at: number): string => new Date(at).toISOString();

function asJson(one: SetAside) {
  const { id, channel, receivedAt, setAsideAt } = one;
  return { id, channel, chat: chatOf(one), received_at: utc(receivedAt), set_aside_at: utc(setAsideAt) };
}

function line(one: SetAside): string {
  return `${one.id}  ${one.channel} ${chatOf(one) ?? '-'}, diterima ${utc(one.receivedAt)}, disisihkan ${utc(one.setAsideAt)}\n`;
}
