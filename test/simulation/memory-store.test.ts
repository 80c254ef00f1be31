// The store's contract, on the store in memory: what the simulation stands on promises what PostgreSQL promises.
import { MemoryStore } from '../support/memory-store.ts';
import { storeContract } from '../support/store-contract.ts';

storeContract('the store in memory', async () => {
  const store = new MemoryStore();
  let invited = 0;
  return {
    store,
    applyOffice: async (office, sops) => store.addOffice(office, sops),
    invite: async (office, person) => {
      invited += 1;
      const code = `CODE${String(invited).padStart(4, '0')}`;
      store.addInvitation(office, person, code);
      return code;
    },
    close: async () => {},
  };
});
