/** What a person at the desk may do. Each role may do all that the ones before it may. */
export const roles = ['reader', 'drafter', 'sender', 'admin'] as const;
export type Role = (typeof roles)[number];

export function isRole(text: string | null | undefined): text is Role {
  return roles.some((role) => role === text);
}

/** Whether someone in role `held` may do what asks for `needed`. */
export function mayAct(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}

/** What an API token may be made for. It is bounded by its owner's role as well: `scopeRoles`. */
export const scopes = ['cases:read', 'cases:write', 'cases:send', 'numbers:read'] as const;
export type Scope = (typeof scopes)[number];

export function isScope(text: string | null | undefined): text is Scope {
  return scopes.some((scope) => scope === text);
}

/** The role that a token's owner must have for the scope to count. */
export const scopeRoles: Readonly<Record<Scope, Role>> = { 'cases:read': 'reader', 'cases:write': 'drafter', 'cases:send': 'sender', 'numbers:read': 'reader' };
