/** How long a sign-in link waits to be used. */
export const signInLinkLifeMs = 24 * 60 * 60_000;

/** `origin` without a slash at the end. */
export function signInLinkUrl(origin: string, token: string): string {
  return `${origin}/sign-in/link/${token}`;
}
