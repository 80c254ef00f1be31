// The parts of the service that may run apart, on several machines.

export const PARTS = ['telegram', 'whatsapp', 'work', 'web'] as const;
export type Part = (typeof PARTS)[number];
