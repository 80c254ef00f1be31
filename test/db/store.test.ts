// The store's contract, on a real PostgreSQL.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { openStore } from '../../db/store.ts';
import { NOW } from '../support/case-world.ts';
import { freshDatabase } from '../support/database.ts';
import { seeded } from '../support/seeded.ts';
import { storeContract } from '../support/store-contract.ts';

storeContract('the store on PostgreSQL', async () => {
  const database = await freshDatabase();
  const store = await openStore({ url: database.url, chance: seeded(1) });
  return {
    store,
    applyOffice: async (office, sops) => void (await store.applyOffice(office, sops, NOW)),
    invite: async (office, person) => {
      const code = randomUUID().slice(0, 8).toUpperCase();
      const owner = postgres(database.url, { max: 1 });
      await owner`insert into invitations (code, office, person, expires_at) values (${code}, ${office}, ${person}, ${new Date(NOW + 86_400_000)})`;
      await owner.end();
      return code;
    },
    close: async () => {
      await store.close();
      await database.close();
    },
  };
});
