import { describe, expect, it } from 'vitest';
import { readScreen } from '../../../src/facts/forms/read-screen.ts';
import type { ScreenReading } from '../../../src/facts/forms/read-screen.ts';
import type { ScreenLine } from '../../../src/files/seen-file.ts';
import { merchant, moment, tuesday } from '../some-mail.ts';

const page: readonly ScreenLine[] = [line('Create a 3D model', 0.2), line('Upload a picture and press Generate', 0.3)];
const addressBar = line('https://imgto3d.ai/app/create', 0.08);
const failure = line('Error 500: Generation failed', 0.5);

function line(text: string, y: number, confidence = 90): ScreenLine {
  return { text, confidence, x: 0.5, y };
}

function screen(lines: readonly ScreenLine[], options: { language?: string; sentAt?: typeof tuesday; size?: readonly [number, number] } = {}): ScreenReading {
  const [widthPixels, heightPixels] = options.size ?? [1366, 768];
  const { vocabulary, domains } = merchant('imgto3d');
  return readScreen({ widthPixels, heightPixels, lines }, { language: options.language ?? 'en', vocabulary, domains, sentAt: options.sentAt ?? tuesday });
}

describe('the address bar', () => {
  it('is a line that is an address and nothing else, where bars are', () => {
    expect(screen([addressBar, ...page]).address).toEqual({ text: 'https://imgto3d.ai/app/create', isMerchants: true });
    expect(screen([line('<- -> C imgto3d.ai/app', 0.08), ...page]).address).toMatchObject({ isMerchants: true });
    expect(screen([line('weather.example.org/lyon', 0.08), ...page]).address).toEqual({ text: 'weather.example.org/lyon', isMerchants: false });
  });

  it("is not the page's own title, a sentence that names the site, an e-mail address, or an address in the middle of the page", () => {
    expect(screen([line('IMGto3D.ai - Create', 0.03), ...page]).address).toBeNull();
    expect(screen([line('IMGto3D.ai', 0.03), ...page]).address).toBeNull();
    expect(screen([line('Welcome to imgto3d.ai the maker of models', 0.1), ...page]).address).toBeNull();
    expect(screen([line('support@imgto3d.ai', 0.1), ...page]).address).toBeNull();
    expect(screen([...page, line('https://imgto3d.ai/app/create', 0.5)]).address).toBeNull();
  });

  it('lies at the bottom of some phones', () => {
    expect(screen([...page, line('imgto3d.ai', 0.93)], { size: [1170, 2532] }).address).toMatchObject({ isMerchants: true });
    expect(screen([...page, line('imgto3d.ai', 0.93)]).address).toBeNull();
  });

  it('is known though a letter of it was misread', () => {
    expect(screen([line('imgtosd.ailrulapp', 0.08, 40), ...page]).address).toMatchObject({ isMerchants: true });
    expect(screen([line('imgtwosd.airulapp', 0.08, 40), ...page]).address).toMatchObject({ isMerchants: false });
  });
});

describe('an error', () => {
  it.each([
    ['en', 'Something went wrong'], ['en', 'ERR_CONNECTION_RESET'], ['de', 'Fehler beim Laden'], ['es', 'La generación ha fallado'], ['fr', 'Une erreur est survenue'], ['it', 'Si è verificato un errore'],
    ['pt', 'Ocorreu um erro'], ['pl', 'Wystąpił błąd'], ['tr', 'Bir hata oluştu'],
  ])('is told in %s: %s', (language, text) => {
    expect(screen([addressBar, ...page, line(text, 0.5)], { language }).error).toBe(text);
  });

  it('is known by its code where the letters beside it cannot be read', () => {
    expect(screen([addressBar, line('Oumka 504. He yaanock cosaats', 0.5, 45)]).error).toBe('Oumka 504. He yaanock cosaats');
  });

  it('is no price, no count, no time and no size', () => {
    for (const text of ['500 credits', '1404 models', '5:00 PM', 'Total 404.00 USD', '500 × 500 px', '404.00']) expect(screen([addressBar, ...page, line(text, 0.5)]).error).toBeNull();
    expect(screen([addressBar, ...page, line('504', 0.5)]).error).toBe('504');
  });
});

describe('what is not seen', () => {
  it('is not said of a picture that can hardly be read', () => {
    expect(screen([addressBar, ...page]).isLegible).toBe(true);
    expect(screen([addressBar, line('Cospgahue mogenun tevepatop octanock', 0.3, 25), line('OnnaTa npowia aBaxbl', 0.4, 30)]).isLegible).toBe(false);
    expect(screen([]).isLegible).toBe(false);
  });
});

describe('the facts of a screen', () => {
  it('take the time from a clock with its date, where the failure is on the screen', () => {
    const windows = [line('2:05 PM', 0.96), line('3/17/2026', 0.98)];
    expect(screen([addressBar, failure, ...windows]).facts.occurred_at).toEqual({ value: '2026-03-17T14:05', source: 'attachment', evidence: '2:05 PM 3/17/2026' });
    expect(screen([line('Safari File Edit View Tue 17 Mar 09:07', 0.01), addressBar, failure]).facts).toMatchObject({
      occurred_at: { value: '2026-03-17T09:07' }, browser: { value: 'Safari' }, os: { value: 'macOS', evidence: 'Safari File Edit View Tue 17 Mar 09:07' },
    });
    expect(screen([addressBar, ...page, ...windows]).facts.occurred_at).toBeUndefined();
    expect(screen([line('9:41', 0.02), failure], { size: [1170, 2532] }).facts.occurred_at).toBeUndefined();
  });

  it('are none where the clock is far from the mail: it shows another failure', () => {
    const seen = [line('https://imgto3d.ai/ultra', 0.08), failure, line('14:32', 0.97), line('17.08.2025', 0.99)];
    expect(screen(seen)).toMatchObject({ isStale: true, facts: {} });
    expect(screen(seen, { sentAt: moment('2025-08-17T16:20') })).toMatchObject({ isStale: false, facts: { occurred_at: { value: '2025-08-17T14:32' }, generator: { value: 'ultra' } } });
  });

  it("are none where another site's address is seen", () => {
    expect(screen([line('other.example/ultra', 0.08), failure, line('Generator: Turbo', 0.3)]).facts).toEqual({});
  });

  it('name the generator by the address or its label, and none where several are named', () => {
    expect(screen([line('imgto3d.ai/app?mode=turbo', 0.08), ...page]).facts.generator).toMatchObject({ value: 'turbo', source: 'attachment' });
    expect(screen([...page, line('Generador: Pro Créditos: 84', 0.3)]).facts.generator?.value).toBe('pro');
    expect(screen([...page, line('Generator: Pro', 0.3), line('Generator: Ultra', 0.4)]).facts.generator).toBeUndefined();
    expect(screen([...page, line('Free Turbo Pro Ultra', 0.3)]).facts.generator).toBeUndefined();
  });

  it('name browser and system where the text says their versions, or a window its program', () => {
    expect(screen([addressBar, ...page, line('Google Chrome 126.0.6478.127 on Windows 11', 0.4)]).facts).toMatchObject({ os: { value: 'Windows 11' }, browser: { value: 'Chrome 126.0.6478.127' } });
    expect(screen([line('IMGto3D.ai - Create — Mozilla Firefox', 0.02), addressBar, ...page]).facts.browser?.value).toBe('Firefox');
    expect(screen([addressBar, ...page, line('Works best in Chrome', 0.6)]).facts).toEqual({});
  });
});
