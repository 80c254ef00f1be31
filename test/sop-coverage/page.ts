// docs/sop-coverage.md, made of the map: what is met, what is not and why, and how each ambiguity was read.
import { type Coverage, type Requirement, stateOf } from './requirements.ts';

const SOPS: Record<string, string> = {
  A: 'Standar Pengumuman Informasi Publik (`kalteng-disdagperin-pengumuman`)',
  B: 'Alur Upload Konten Media Sosial (`kalteng-disdagperin-upload-medsos`)',
  C: 'Alur Upload Konten Website & Media Sosial (`gunungkidul-dpmptsp-upload-web-medsos`)',
  D: 'Pengumuman Informasi Publik (`kalbar-diskominfo-pengumuman`)',
  E: 'Mekanisme Penayangan Konten (`kalbar-dishub-penayangan`)',
  X: 'What all five share',
};

const letterOf = (id: string): string => id.split('-')[1]?.[0] ?? '';
const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function counted(requirements: Requirement[]): string {
  const count = (state: string) => requirements.filter((one) => stateOf(one) === state).length;
  return `${requirements.length} requirements: ${count('met')} met, ${count('part')} in part, ${count('not')} not yet.`;
}

function section(letter: string, title: string, coverage: Coverage): string[] {
  const entries = Object.entries(coverage.requirements).filter(([id]) => letterOf(id) === letter);
  const readings = Object.entries(coverage.ambiguities).filter(([id]) => letterOf(id) === letter);
  return [
    `## ${letter === 'X' ? title : `SOP ${letter}: ${title}`}`,
    '',
    counted(entries.map(([, one]) => one)),
    '',
    '| id | the SOP’s words | shown by | open |',
    '|---|---|---|---|',
    ...entries.map(([id, { says, shown, open }]) => row(id, says, (shown ?? []).join(', '), open ?? '')),
    '',
    ...(readings.length === 0
      ? []
      : [
          '| where the SOP may be read in several ways | the reading that was chosen | changed in |',
          '|---|---|---|',
          ...readings.map(([id, { what, chosen, where }]) => row(`${id}: ${what}`, chosen, where)),
          '',
        ]),
  ];
}

export function coveragePage(coverage: Coverage): string {
  const tests = Object.entries(coverage.tests);
  return [
    '# What the five SOPs ask, and what shows that it is met',
    '',
    'Made by `npm run docs:coverage` of [requirements.yaml](../test/sop-coverage/requirements.yaml); do not edit it here.',
    'A requirement without an entry under “open” is met as a whole. The short names of the tests are resolved at the end.',
    '',
    counted(Object.values(coverage.requirements)),
    '',
    ...Object.entries(SOPS).flatMap(([letter, title]) => section(letter, title, coverage)),
    '## The tests',
    '',
    '| name | file | title |',
    '|---|---|---|',
    ...tests.map(([name, [file, title]]) => row(name, `[${file}](../test/${file}.test.ts)`, title)),
    '',
  ].join('\n');
}
