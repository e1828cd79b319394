import Table from 'cli-table3';
import type { Requirement, Topic } from '../facts/facts.ts';
import type { Outcome } from '../decision/decision.ts';

/** One mail's row of the demo's table. */
export interface TriageRow {
  readonly sender: string;
  readonly merchant: string | null;
  /** ISO 639-1 */
  readonly language: string | null;
  readonly topic: Topic | null;
  readonly missing: readonly Requirement[];
  readonly outcome: Outcome | null;
  readonly draftSubject: string | null;
  /** The reason's code where the mail could not be worked on; else null. */
  readonly quarantine: string | null;
}

const heads = ['Sender', 'Merchant', 'Language', 'Request', 'Missing', 'Decision', "Draft's subject"] as const;
const minimalWidths = [16, 13, 12, 13, 15, 14, 22];
/** Which columns take what is left over, in shares. */
const shares = [5, 0, 0, 1, 2, 1, 5];

/** The table as text, `columns` characters wide; where that is too narrow for a table, a line for each mail. */
export function triageTable(rows: readonly TriageRow[], columns: number): string {
  const borders = heads.length + 1;
  const spare = Math.min(columns, 200) - borders - sum(minimalWidths);
  if (spare < 0) return rows.map((row) => triageLine(row)).join('\n');
  const widths = minimalWidths.map((width, index) => width + Math.floor((spare * (shares[index] ?? 0)) / sum(shares)));
  const table = new Table({ head: [...heads], colWidths: widths, wordWrap: true, style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => cells(row)));
  return table.toString();
}

/** The row as one line, for mail that arrives while the demo watches. */
export function triageLine(row: TriageRow): string {
  const [sender = '', merchant = '', language = '', request = '', missing = '', decision = '', subject = ''] = cells(row);
  const asks = missing === '–' ? '' : `, asks for ${missing}`;
  const draft = row.draftSubject === null ? 'no new draft is due' : `draft: ${subject}`;
  return `${sender} → ${merchant}, ${language}, ${request}: ${decision}${asks}; ${draft}`;
}

function cells(row: TriageRow): string[] {
  return [
    row.sender,
    row.merchant ?? '–',
    row.language === null ? '–' : languageName(row.language),
    spaced(row.topic),
    row.missing.length === 0 ? '–' : row.missing.map((name) => spaced(name)).join(', '),
    row.quarantine === null ? spaced(row.outcome) : `quarantine: ${spaced(row.quarantine)}`,
    row.draftSubject ?? '– (none is due)',
  ];
}

function spaced(name: string | null): string {
  return name === null ? '–' : name.replaceAll('_', ' ');
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

function languageName(code: string): string {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
