import { type Html, trustedHtml } from './html.ts';

const paths = {
  queue: '<path d="M4 5h16v10h-5l-1.5 2.5h-3L9 15H4z"/><path d="M4 15v4h16v-4"/>',
  numbers: '<path d="M5 20V11M12 20V4M19 20v-6"/>',
  people: '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c1.9.8 3.1 2.5 3.5 5.1"/>',
  tokens: '<circle cx="8" cy="15" r="4.5"/><path d="M11.5 11.5 20 3M16 7l3 3"/>',
  audit: '<path d="M5 4h14v16H5zM8.5 9h7M8.5 13h7M8.5 17H12"/>',
  account: '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
  keys: '<path d="M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8"/>',
  search: '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  open: '<circle cx="12" cy="12" r="7.5" stroke-dasharray="3 3"/>',
  warning: '<path d="M12 4 2.5 20h19zM12 10v4.5M12 17.2h.01"/>',
  empty: '<path d="M3.5 12.5 6 5h12l2.5 7.5V19h-17zM3.5 12.5H9a3 3 0 0 0 6 0h5.5"/>',
} as const;

export type IconName = keyof typeof paths;

/** Beside words that say the same: nothing that a screen reader would have to say. */
export function icon(name: IconName): Html {
  return trustedHtml(`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths[name]}</svg>`);
}
