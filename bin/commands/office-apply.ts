// `alur office apply FILE`: makes the office what the file says and prints one invitation for each person who is not bound yet.
import { watchCalendar } from '../../bots/calendar-warning.ts';

import { armChainHead } from '../../bots/chain-head.ts';
import { reseat } from '../../bots/reseat.ts';
import { createApi } from '../../bots/telegram/api.ts';
import type { Office } from '../../src/office/office.ts';
import { userNameOf } from '../bot-name.ts';
import { officeNow, withStore } from '../database.ts';
import { faultLines, refuseFaults } from '../faults.ts';
import { type Context, DONE, type Exit, refused, WRONG_USAGE } from '../io.ts';
import { loadOffice } from '../office-file.ts';
import type { TelegramSettings } from '../settings.ts';
import { settingsFor } from '../settings-for.ts';
import { settleOffices } from '../settle-office.ts';

interface Invitation {
  person: string;
  /** All of the person's roles. */
  role: string;
  code: string;
  telegram_link: string | null;
}

export async function officeApply(context: Context, path: string): Promise<Exit> {
  const loaded = loadOffice(path);
  if (!loaded.ok) return 'faults' in loaded ? refuseFaults(context, loaded.faults) : refused(context, loaded.reason);
  const settings = settingsFor(context);
  if (!settings) return WRONG_USAGE;
  const { office, sops, warnings } = loaded;
  const applied = await withStore(settings, async (store) => {
    const now = await officeNow(store, settings, context.now());
    const done = await store.applyOffice(office, sops, now);
    const settled = (await settleOffices(store, now)).get(office.id);
    await armChainHead(store, office, now);
    await watchCalendar(store, office, now);
    // Whoever applies a file by hand has every open case looked at, also when the file is what it was.
    return { ...done, moved: settled ?? (await reseat({ store, clock: { now: () => now } }, office.id, true)).moved };
  });
  const link = applied.invitations.length === 0 ? () => null : await linker(settings.telegram);
  const invitations = applied.invitations.map(
    ({ person, code }): Invitation => ({ person, role: rolesOf(office, person), code, telegram_link: link(code) }),
  );
  const lines = invitations.map((invitation) => JSON.stringify(invitation));
  if (context.json) context.out(lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`);
  else context.out(lines.map((line) => `${line}\n`).join(''));
  if (warnings.length > 0) context.err(`Perhatian:\n${faultLines(warnings)}`);
  if (applied.gone.length > 0) context.err(`Tidak ada lagi dalam berkas, perannya dicabut: ${applied.gone.join(', ')}.\n`);
  const { moved } = applied;
  if (moved > 0) context.err(`${moved} tenggat dihitung ulang menurut kalender baru; pemegangnya diberi tahu.\n`);
  context.err(`Instansi ${office.id} diterapkan: ${office.people.length} pegawai, ${invitations.length} undangan.\n`);
  return DONE;
}

function rolesOf(office: Office, person: string): string {
  return office.people.find(({ id }) => id === person)?.roles.join(', ') ?? '';
}

/** How a code becomes a link: by the bot's own name, when there is a bot and it answers. */
async function linker(telegram: TelegramSettings): Promise<(code: string) => string | null> {
  if (telegram.mode === 'simulator') return () => null;
  const answer = await createApi({ token: telegram.token, apiRoot: telegram.apiRoot }).call('getMe', {});
  const name = answer.ok ? userNameOf(answer.result) : null;
  return (code) => (name === null ? null : `https://t.me/${name}?start=${encodeURIComponent(code)}`);
}
