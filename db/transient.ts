// Errors that say nothing of what was being saved: the database was away, a lock was not had, a connection broke.

/** SQLSTATE classes: connection, transaction rollback, insufficient resources, operator intervention; lock not available. */
const TRANSIENT = /^(?:08|40|53|57)|^55P03$/;
const CONNECTION = /^(?:CONNECTION_|CONNECT_|ECONN|EPIPE|ETIMEDOUT|EAI_)/;

/** With these the server has closed the connection, or is about to. */
const CLOSING = /^(?:CONNECTION_|ECONN|EPIPE|57P0|25P03)/;

/** The connection on which it happened is gone. */
export function isClosing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return CLOSING.test(code) || (error.cause !== undefined && isClosing(error.cause));
}

export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return TRANSIENT.test(code) || CONNECTION.test(code) || (error.cause !== undefined && isTransient(error.cause));
}
