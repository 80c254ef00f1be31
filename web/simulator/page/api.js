// Talks to the simulator: asks, does, and hears about changes.

export async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

async function read(response) {
  const text = await response.text();
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    body = { error: text };
  }
  if (!response.ok) throw new Error(body.error || `Gagal (${response.status}).`);
  return body;
}

export async function post(path, body) {
  return read(
    await fetch(`/simulator/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-alur-simulator': '1' },
      body: JSON.stringify(body),
    }),
  );
}

export async function postForm(path, form) {
  return read(await fetch(`/simulator/${path}`, { method: 'POST', headers: { 'x-alur-simulator': '1' }, body: form }));
}

/** Calls back with every change; connects again by itself after a break. */
export function listen({ changed, online }) {
  let pause = 500;
  const connect = () => {
    const source = new EventSource('/simulator/events');
    source.onmessage = (event) => {
      pause = 500;
      online(true);
      changed(JSON.parse(event.data));
    };
    source.onerror = () => {
      source.close();
      online(false);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 8000);
    };
  };
  connect();
}
