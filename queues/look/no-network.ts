// Loaded first by the process that looks into people's files: whatever is loaded after it finds no way out. The kernel keeps it so as well
// where it lets us (looker.ts); this holds everywhere.
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

function closed(): never {
  throw new Error('no network here');
}

net.Socket.prototype.connect = closed;
net.Server.prototype.listen = closed;
dgram.createSocket = closed;
dns.lookup = Object.assign(closed, { __promisify__: closed });
dns.promises.lookup = closed;
