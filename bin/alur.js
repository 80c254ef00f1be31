#!/usr/bin/env node
// The installed command: the program is TypeScript, so its loader comes first.
import { register } from 'tsx/esm/api';

register();
await import('./alur.ts');
