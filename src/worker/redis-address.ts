/** A Redis, or what speaks its protocol, as `REDIS_URL` names it: one server, or several nodes of a cluster, separated by commas. */
export interface RedisAddress {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly options: { readonly username?: string; readonly password?: string; readonly db?: number; readonly tls?: object };
}

const protocols = ['redis:', 'rediss:'];
const defaultPort = 6379;

/** Reads `redis://[user:password@]host[:port][,host[:port]…][/database]`, or `rediss://…`. Null where it is none. */
export function readRedisUrl(url: string): RedisAddress | null {
  const parts = /^(?<protocol>[a-z]+:)\/\/(?:(?<login>[^/]*)@)?(?<hosts>[^/?#]+)(?:\/(?<db>\d*))?(?:\?.*)?$/u.exec(url)?.groups;
  if (parts === undefined || !protocols.includes(parts['protocol'] ?? '')) return null;
  const [username = '', password = ''] = (parts['login'] ?? '').split(/:(.*)/su);
  const nodes = (parts['hosts'] ?? '').split(',').filter((host) => host !== '').map(nodeOf);
  const known = nodes.filter((node) => node !== null);
  if (known.length === 0 || known.length < nodes.length || !isEncoded(username) || !isEncoded(password)) return null;
  return {
    nodes: known,
    options: {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(parts['db'] === undefined || parts['db'] === '' ? {} : { db: Number(parts['db']) }),
      ...(parts['protocol'] === 'rediss:' ? { tls: {} } : {}),
    },
  };
}

function nodeOf(text: string): { host: string; port: number } | null {
  const { host = '', port } = /^(?<host>\[[\da-f:.]+\]|[^:]+)(?::(?<port>\d{1,5}))?$/iu.exec(text)?.groups ?? {};
  return host === '' ? null : { host: host.replaceAll(/^\[|\]$/gu, ''), port: port === undefined ? defaultPort : Number(port) };
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
