// A process of its own that uses the embedded database of a folder until it is killed.
import { startEmbedded } from '../../db/embedded.ts';

const [, , dataDir = ''] = process.argv;
startEmbedded({ dataDir }).then(
  () => process.send?.('ready'),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
