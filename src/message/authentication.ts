import type { Message } from './message.ts';

type Verdict = 'pass' | 'fail' | 'other';

interface AuthenticationResults {
  readonly server: string;
  readonly verdicts: readonly { readonly method: string; readonly verdict: Verdict }[];
}

const maxCommentDepth = 20;

/** Comments gone, quoted strings opened, so that words in either cannot pose as results (RFC 8601, 2.2; RFC 5322, 3.2.2). */
function withoutComments(raw: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < raw.length; i++) {
    const char = raw.charAt(i);
    if (char === '\\' && (quoted || depth > 0)) {
      i++;
      continue;
    }
    if (char === '"' && depth === 0) {
      quoted = !quoted;
      continue;
    }
    if (quoted) {
      // A semicolon or an equals sign within quotes separates nothing.
      out += /[;=]/.test(char) ? '_' : char;
      continue;
    }
    if (char === '(' && depth < maxCommentDepth) depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) out += char;
  }
  return out;
}

function verdictOf(word: string): Verdict {
  switch (word.toLowerCase()) {
    case 'pass':
      return 'pass';
    case 'fail':
    case 'hardfail':
    case 'softfail':
      return 'fail';
    default:
      return 'other';
  }
}

function parseResults(raw: string): AuthenticationResults {
  const [head = '', ...rest] = withoutComments(raw).split(';');
  const server = head.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  const verdicts: { method: string; verdict: Verdict }[] = [];
  for (const piece of rest.slice(0, 100)) {
    const match = /^\s*([a-z0-9-]{1,40})(?:\s*\/\s*\d+)?\s*=\s*([a-z]{1,20})/i.exec(piece);
    if (match !== null) verdicts.push({ method: match[1]!.toLowerCase(), verdict: verdictOf(match[2]!) });
  }
  return { server, verdicts };
}

/**
 * What the receiving server's own Authentication-Results say: of the topmost field, or, where the server's names are known, of those fields that bear one of them.
 * A field further down was written by whoever sent the mail.
 */
export function readAuthentication(fields: readonly string[], authservIds: readonly string[]): Message['authentication'] {
  const known = new Set(authservIds.map((id) => id.toLowerCase()));
  const parsed = (known.size === 0 ? fields.slice(0, 1) : fields.slice(0, 50)).map(parseResults);
  const own = known.size === 0 ? parsed : parsed.filter((results) => known.has(results.server));
  const byMethod = new Map<string, Verdict[]>();
  for (const results of own) {
    const methods = new Set(results.verdicts.map((result) => result.method));
    for (const method of methods) {
      // The topmost field that knows a method is the newest.
      if (byMethod.has(method)) continue;
      byMethod.set(method, results.verdicts.filter((result) => result.method === method).map((result) => result.verdict));
    }
  }
  const dmarc = combine(byMethod.get('dmarc'));
  if (dmarc === 'pass' || dmarc === 'fail') return dmarc;
  const spf = combine(byMethod.get('spf'));
  const dkim = combine(byMethod.get('dkim'));
  if (spf === 'fail' && dkim === 'fail') return 'fail';
  return spf === 'pass' || dkim === 'pass' ? 'pass' : 'none';
}

/** One good signature among several is enough. */
function combine(verdicts: readonly Verdict[] | undefined): Verdict | null {
  if (verdicts === undefined || verdicts.length === 0) return null;
  if (verdicts.includes('pass')) return 'pass';
  return verdicts.includes('fail') ? 'fail' : 'other';
}
