// Names that processes share. Apart from whatever loads Baileys: the rest of the service must not.

/** One number for each Alur; the name under which everything of it is kept. */
export const GATEWAY = 'utama';

/** The lock that gateway and pairing share. */
export const LOCK = `whatsapp:${GATEWAY}`;
