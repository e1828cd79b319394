/** What a server answers is no longer than this. */
const maxResponseBytes = 512 * 1024;

/** `fetch` that follows no redirect (it would carry a customer's words elsewhere) and cuts an answer that never ends. */
export async function boundedFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'error' });
  if (response.body === null) return response;
  let bytes = 0;
  const bounded = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (bytes > maxResponseBytes) controller.terminate();
      else controller.enqueue(chunk);
    },
  }));
  return new Response(bounded, { status: response.status, statusText: response.statusText, headers: response.headers });
}
