// libsignal tells of its sessions, keys and all, with `console`: in tests it is only noise. Imported for its effect, before the rest.
const TALK =
  /^(?:Closing (?:stale )?(?:open )?session|Opening session|Removing old closed session|Session already|Failed to decrypt message|Session error|Decrypted message with closed session|Migrating session|V1 session|Unhandled bucket)/;

for (const name of ['log', 'info', 'warn', 'error'] as const) {
  const was = console[name].bind(console);
  console[name] = (...parts: unknown[]) => {
    if (!TALK.test(String(parts[0]))) was(...parts);
  };
}
