// A key store in memory and a logger that says nothing.

import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys';
import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js';

export const silent: ILogger = {
  level: 'silent',
  child: () => silent,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

type Value = SignalDataTypeMap[keyof SignalDataTypeMap];

export function memoryKeys(): SignalKeyStore {
  const rows = new Map<string, Value>();
  return {
    get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {};
      for (const id of ids) {
        const value = rows.get(`${type}:${id}`);
        // What was set under a type is of that type.
        if (value !== undefined) found[id] = value as SignalDataTypeMap[T];
      }
      return found;
    },
    set(data: SignalDataSet) {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values ?? {})) {
          if (value === null) rows.delete(`${type}:${id}`);
          else rows.set(`${type}:${id}`, value);
        }
      }
    },
    clear: () => rows.clear(),
  };
}
