/** What part of a file a request asks for (RFC 9110, 14): `whole` also where it asks for several parts, or in a unit that is not known, which may be passed over. */
export type AskedRange =
  | { readonly kind: 'whole' }
  /** From `start` to before `end`. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  /** Of a file that is shorter. */
  | { readonly kind: 'beyond' };

const whole: AskedRange = { kind: 'whole' };

/** `bytes` is the file's length. `ifRange` is the request's If-Range: the part is of use only together with what the browser has of the same file (RFC 9110, 13.1.5). */
export function readRange(range: string | undefined, ifRange: string | undefined, etag: string, bytes: number): AskedRange {
  const found = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/iu.exec(range ?? '');
  if (found === null || (ifRange !== undefined && ifRange !== etag)) return whole;
  const [from = '', to = ''] = found.slice(1);
  if (from === '') {
    if (to === '') return whole;
    const length = Math.min(Number(to), bytes);
    return length === 0 ? { kind: 'beyond' } : { kind: 'part', start: bytes - length, end: bytes };
  }
  const [start, end] = [Number(from), to === '' ? bytes : Math.min(Number(to) + 1, bytes)];
  // One that ends before it begins is no range at all.
  if (to !== '' && Number(to) < start) return whole;
  return start >= bytes ? { kind: 'beyond' } : { kind: 'part', start, end };
}
