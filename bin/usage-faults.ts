// What was wrong with a command line, in Indonesian: commander tells it in English, by a code and a sentence.
import type { CommanderError } from 'commander';

/** One sentence, with what was wrong by name. */
export function explainUsage(error: CommanderError): string {
  const [first = '', second = ''] = [...error.message.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  const hint = 'Lihat `npm run --silent alur -- --help`.';
  switch (error.code) {
    case 'commander.unknownCommand':
      return `Perintah "${first}" tidak dikenal. ${hint}`;
    case 'commander.unknownOption':
      return `Pilihan "${first}" tidak dikenal. ${hint}`;
    case 'commander.missingArgument':
      return `Argumen ${first} belum diisi. ${hint}`;
    case 'commander.missingMandatoryOptionValue':
      return `Pilihan ${first} wajib diisi. ${hint}`;
    case 'commander.optionMissingArgument':
      return `Pilihan ${first} memerlukan nilai. ${hint}`;
    case 'commander.excessArguments':
      return `Terlalu banyak argumen. ${hint}`;
    case 'commander.invalidArgument':
      return `Nilai "${second}" untuk ${first} tidak dikenal; yang ada: ${allowedIn(error.message)}. ${hint}`;
    case 'commander.help':
      return `Perintah belum lengkap. ${hint}`;
    default:
      return `Baris perintah tidak dapat dibaca (${error.code}). ${hint}`;
  }
}

function allowedIn(message: string): string {
  return /Allowed choices are (.*?)\.$/.exec(message)?.[1] ?? '–';
}
