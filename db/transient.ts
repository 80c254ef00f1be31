// Errors that say nothing of what was being saved: the database was away, a lock was not had, a connection broke.

/** SQLSTATE classes: connection, transaction rollback, insufficient resources, operator intervention; lock not available. */
const TRANSIENT = /^(?:08|40|53|57)|^55P03$/;
const CONNECTION = /^(?:CONNECTION_|CONNECT_|ECONN|EPIPE|ETIMEDOUT|EAI_)/;

export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return TRANSIENT.test(code) || CONNECTION.test(code) || (error.cause !== undefined && isTransient(error.cause));
}
