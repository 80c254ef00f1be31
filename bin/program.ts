// The commands with their arguments. Every command lives in its own file and is loaded only when it is called.
import { Argument, Command, CommanderError, Option } from 'commander';
import { type Context, DONE, type Exit, type Io, WRONG_USAGE } from './io.ts';
import { explainUsage } from './usage-faults.ts';

type Run = (context: Context) => Promise<Exit>;

/** Runs one command line (without `node` and the file) and says how it ended. */
export async function runCommandLine(args: readonly string[], context: Omit<Context, 'json'>): Promise<Exit> {
  // `--json` may stand anywhere, so it is taken out before the rest is read.
  const json = args.includes('--json');
  const rest = args.filter((arg) => arg !== '--json');
  let chosen: Run | undefined;
  const program = commands(context, (run) => {
    chosen = run;
  });
  try {
    await program.parseAsync([...rest], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || (error.code === 'commander.help' && rest.includes('help'))) return DONE;
    // A group or nothing at all: the help was shown, but nothing was done.
    context.err(`${explainUsage(error)}\n`);
    return WRONG_USAGE;
  }
  return chosen ? chosen({ ...context, json }) : WRONG_USAGE;
}

function commands(io: Io, choose: (run: Run) => void): Command {
  const program = new Command('alur');
  // What is set here is inherited by the commands that are made after it.
  program.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} });
  indonesian(program)
    .description('Menjalankan SOP konten instansi di dalam obrolan.')
    .option('--json', 'jawaban sebagai JSON (berlaku untuk semua perintah)');
  program
    .command('start')
    .description('menjalankan layanan, atau sebagian')
    .option('--only <bagian>', 'hanya bagian ini, pisahkan dengan koma: telegram, whatsapp, work, web')
    .action((options: { only?: string }) => choose(async (context) => (await import('./commands/start.ts')).start(context, options)));
  officeCommands(program, choose);
  sopCommands(program, choose);
  recordCommands(program, choose);
  return program;
}

function officeCommands(program: Command, choose: (run: Run) => void): void {
  const office = indonesian(program.command('office')).description('instansi dan pegawainya');
  office
    .command('check')
    .description('memeriksa berkas instansi')
    .addArgument(file('berkas instansi'))
    .action((path: string) => choose(async (context) => (await import('./commands/office-check.ts')).officeCheck(context, path)));
  office
    .command('apply')
    .description('menerapkan berkas instansi dan mencetak undangan')
    .addArgument(file('berkas instansi'))
    .action((path: string) => choose(async (context) => (await import('./commands/office-apply.ts')).officeApply(context, path)));
}

function sopCommands(program: Command, choose: (run: Run) => void): void {
  const sop = indonesian(program.command('sop')).description('SOP yang dikenal');
  sop
    .command('list')
    .description('SOP yang dikenal')
    .action(() => choose(async (context) => (await import('./commands/sop-list.ts')).sopList(context)));
  sop
    .command('check')
    .description('memeriksa berkas SOP, setiap kesalahan dengan barisnya')
    .addArgument(file('berkas SOP'))
    .action((path: string) => choose(async (context) => (await import('./commands/sop-check.ts')).sopCheck(context, path)));
  sop
    .command('explain')
    .description('mencetak satu SOP sebagai tabel')
    .argument('<ID>', 'id SOP')
    .action((id: string) => choose(async (context) => (await import('./commands/sop-explain.ts')).sopExplain(context, id)));
  sop
    .command('preview')
    .description('kapan setiap langkah jatuh tempo')
    .argument('<ID>', 'id SOP')
    .requiredOption('--event <tanggal>', 'tanggal kegiatan, mis. 2026-11-20')
    .requiredOption('--handover <waktu>', 'waktu penyerahan, mis. 2026-11-20T14:00+07:00')
    .option('--office <id>', 'instansi yang kalendernya dipakai')
    .action((id: string, options: { event: string; handover: string; office?: string }) =>
      choose(async (context) => (await import('./commands/sop-preview.ts')).sopPreview(context, id, options)),
    );
}

function recordCommands(program: Command, choose: (run: Run) => void): void {
  const register = indonesian(program.command('register')).description('register konten');
  register
    .command('export')
    .description('mencetak register')
    .addOption(new Option('--format <format>', 'bentuk').choices(['json', 'csv', 'xlsx', 'pdf']).makeOptionMandatory())
    .option('--month <bulan>', 'hanya yang diserahkan pada bulan ini, mis. 2026-11')
    .option('--out <berkas>', 'tulis ke berkas ini')
    .option('--office <id>', 'hanya instansi ini')
    .action((options: { format: 'json' | 'csv' | 'xlsx' | 'pdf'; month?: string; out?: string; office?: string }) =>
      choose(async (context) => (await import('./commands/register-export.ts')).registerExport(context, options)),
    );
  const one = indonesian(program.command('case')).description('satu konten');
  one
    .command('show')
    .description('satu konten dengan seluruh riwayatnya')
    .argument('<NOMOR>', 'nomor register, seluruhnya atau nomor urutnya saja')
    .option('--office <id>', 'instansi pemilik nomor')
    .action((number: string, options: { office?: string }) =>
      choose(async (context) => (await import('./commands/case-show.ts')).caseShow(context, number, options)),
    );
  one
    .command('sheet')
    .description('lembar persetujuan satu konten, sebagai PDF')
    .argument('<NOMOR>', 'nomor register, seluruhnya atau nomor urutnya saja')
    .requiredOption('--out <berkas>', 'tulis ke berkas ini (.pdf)')
    .option('--office <id>', 'instansi pemilik nomor')
    .action((number: string, options: { out: string; office?: string }) =>
      choose(async (context) => (await import('./commands/case-sheet.ts')).caseSheet(context, number, options)),
    );
  const report = indonesian(program.command('report')).description('laporan');
  report
    .command('punctuality')
    .description('ketepatan waktu per langkah, peran, dan bulan (menit kerja)')
    .addOption(new Option('--format <format>', 'bentuk').choices(['json', 'csv']).makeOptionMandatory())
    .option('--month <bulan>', 'hanya langkah yang selesai pada bulan ini, mis. 2026-11')
    .option('--out <berkas>', 'tulis ke berkas ini')
    .option('--office <id>', 'hanya instansi ini')
    .action((options: { format: 'json' | 'csv'; month?: string; out?: string; office?: string }) =>
      choose(async (context) => (await import('./commands/report-punctuality.ts')).reportPunctuality(context, options)),
    );
  report
    .command('warnings')
    .description('peringatan setiap SOP: berapa yang terlambat, kanal yang dilewati, dan kapan setiap kanal terakhir diisi')
    .addOption(new Option('--format <format>', 'bentuk').choices(['json', 'csv']).makeOptionMandatory())
    .option('--office <id>', 'hanya instansi ini')
    .action((options: { format: 'json' | 'csv'; office?: string }) =>
      choose(async (context) => (await import('./commands/report-warnings.ts')).reportWarnings(context, options)),
    );
  const audit = indonesian(program.command('audit')).description('jejak audit');
  audit
    .command('verify')
    .description('memeriksa rantai hash riwayat')
    .option('--head <nomor:hash>', 'harus memuat catatan ini, yang dicatat di luar database')
    .option('--office <id>', 'instansi pemilik --head')
    .action((options: { head?: string; office?: string }) =>
      choose(async (context) => (await import('./commands/audit-verify.ts')).auditVerify(context, options)),
    );
  const whatsapp = indonesian(program.command('whatsapp')).description('nomor WhatsApp dinas');
  whatsapp
    .command('pair')
    .description('menautkan nomor dengan kode QR, atau dengan kode 8 karakter')
    .option('--phone <nomor>', 'minta kode 8 karakter untuk nomor ini, mis. +6281200000005')
    .option('--replace', 'lupakan nomor yang sekarang tertaut')
    .action((options: { phone?: string; replace?: boolean }) =>
      choose(async (context) => (await import('./commands/whatsapp-pair.ts')).whatsAppPair(context, options)),
    );
  const aside = indonesian(program.command('aside')).description('kiriman yang disisihkan karena tidak dapat diproses');
  aside
    .command('list')
    .description('kiriman yang disisihkan')
    .action(() => choose(async (context) => (await import('./commands/aside.ts')).asideList(context)));
  aside
    .command('retry')
    .description('mencoba lagi satu kiriman')
    .argument('<ID>', 'nomor kiriman, seperti pada `aside list`')
    .action((id: string) => choose(async (context) => (await import('./commands/aside.ts')).asideRetry(context, id)));
  aside
    .command('discard')
    .description('membuang satu kiriman')
    .argument('<ID>', 'nomor kiriman, seperti pada `aside list`')
    .action((id: string) => choose(async (context) => (await import('./commands/aside.ts')).asideDiscard(context, id)));
  program
    .command('backup')
    .description('mencadangkan database dan berkas, juga selagi layanan berjalan')
    .requiredOption('--out <berkas>', 'tulis ke berkas ini (.tar, atau .tar.gz)')
    .action((options: { out: string }) => choose(async (context) => (await import('./commands/backup.ts')).backup(context, options)));
  program
    .command('restore')
    .description('memulihkan cadangan ke database kosong, selagi layanan berhenti')
    .addArgument(file('berkas cadangan'))
    .option('--replace', 'buang isi database yang ada')
    .action((path: string, options: { replace?: boolean }) =>
      choose(async (context) => (await import('./commands/restore.ts')).restoreFrom(context, path, options)),
    );
  program
    .command('doctor')
    .description('apa yang berjalan, terjangkau, terlambat, atau macet')
    .action(() => choose(async (context) => (await import('./commands/doctor.ts')).doctor(context)));
}

function file(what: string): Argument {
  return new Argument('<FILE>', what);
}

/** What commander's help says in English, in the order in which it is looked for. */
const WORDS: [string, string][] = [
  ['Usage:', 'Pemakaian:'],
  ['Options:', 'Pilihan:'],
  ['Commands:', 'Perintah:'],
  ['Arguments:', 'Argumen:'],
  ['[options]', '[pilihan]'],
  ['[command]', '[perintah]'],
  ['(choices:', '(pilihan:'],
];

function translated(text: string): string {
  return WORDS.reduce((so, [english, word]) => so.replaceAll(english, word), text);
}

function indonesian(command: Command): Command {
  return command
    .helpOption('-h, --help', 'menampilkan bantuan')
    .helpCommand('help [perintah]', 'menampilkan bantuan sebuah perintah')
    .configureHelp({ styleTitle: translated, styleUsage: translated, styleSubcommandTerm: translated, styleOptionDescription: translated });
}
