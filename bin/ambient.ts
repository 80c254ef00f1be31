// The real clock and real chance: the only place where the program takes either from the machine.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Chance, Clock } from '../src/ports/ambient.ts';

export const systemClock: Clock = { now: () => Date.now() };

export const systemChance: Chance = { uuid: () => randomUUID(), bytes: (length) => new Uint8Array(randomBytes(length)) };
