// The bot's own name, out of what getMe answered.

/** `null` when the answer holds none that could stand in a link. */
export function userNameOf(me: unknown): string | null {
  const name = typeof me === 'object' && me !== null && 'username' in me ? me.username : null;
  return typeof name === 'string' && /^\w+$/.test(name) ? name : null;
}
