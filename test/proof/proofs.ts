/** Every proof of the large size, in the order in which `npm run proof` runs them: what needs the machine for itself last. */
export const PROOFS = [
  'simulation',
  'month',
  'planted-simulation',
  'planted',
  'calendar',
  'buttons',
  'updates',
  'words',
  'files',
  'audit',
  'whatsapp-mixes',
  'whatsapp-kills',
  'poison',
  'database-kills',
  'overload',
  'kills',
] as const;
