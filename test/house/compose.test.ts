// Who runs Alur with Docker can set there what the table of settings names.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('the container is handed every setting that its image does not fix, trials left out', () => {
  const [table = ''] = read('docs/deployment.md').split('A set but empty variable');
  const names = [...table.matchAll(/^\| (`[^|]+) \|/gmu)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/[A-Z][A-Z_]+/g)].map(([name]) => name),
  );
  expect(names).toContain('OFFICE_FILE');
  const image = read('Dockerfile');
  const compose = read('docker-compose.yml');
  const unset = names.filter((name) => !image.includes(`${name}=`) && !new RegExp(`^ +${name}: `, 'mu').test(compose));
  expect(unset).toEqual(['WHATSAPP_WEB_SOCKET_URL']);
});
