import { randomBytes } from 'node:crypto';
import { recordsSchema } from '../records/records-settings.ts';
import type { MerchantRecords, RecordSecrets } from '../records/records-reader.ts';
import { Secret } from '../secret.ts';
import type { DemoPlace } from './lay-out-demo.ts';
import { startOrderServer } from './order-server.ts';

/** The sample merchants' orders: StoryBookly's and Winno's in a CSV file, IMGto3D's behind a server that runs as long as the demo does. What stands here would stand under `records: merchants:` in a configuration. */
export interface DemoRecords {
  readonly merchants: readonly MerchantRecords[];
  readonly secrets: RecordSecrets;
  /** Of the order server. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const secretName = 'REFUND_TRIAGE_RECORDS_DEMO_TOKEN';

export async function openDemoRecords({ csvOrders, serverOrders }: Pick<DemoPlace, 'csvOrders' | 'serverOrders'>): Promise<DemoRecords> {
  const token = randomBytes(16).toString('hex');
  const server = await startOrderServer(serverOrders, token);
  const inFile = recordsSchema.parse({
    csv: { file: 'orders.csv' },
    fields: {
      order_number: 'Order', transaction_id: 'Payment', account_email: 'Customer', paid_at: { from: 'Paid', format: 'DD.MM.YYYY' }, amount: { from: 'Total', currency_from: 'Currency' },
      fulfilled_at: { from: 'Delivered', format: 'DD.MM.YYYY' }, printed: 'Printed', work_started: { from: 'Status', values: { new: false, 'in work': true, done: true } },
    },
  });
  const behindServer = recordsSchema.parse({
    http: {
      by_order_number: `${server.url}/orders?number={order_number}`, by_account_email: `${server.url}/orders?email={account_email}`, list: '/orders',
      header: { name: 'Authorization', before: 'Bearer ', secret: secretName },
    },
    fields: {
      order_number: 'number', account_email: '/customer/email', paid_at: 'paid_at', amount: { from: '/total/cents', currency_from: '/total/currency', minor_units: true },
      credits_total: '/credits/bought', credits_used: '/credits/used',
    },
  });
  // The path in the settings is relative to the folder of what they are said in.
  return {
    merchants: [
      { merchant: 'storybookly', settings: inFile, saidIn: csvOrders }, { merchant: 'winno', settings: inFile, saidIn: csvOrders },
      { merchant: 'imgto3d', settings: behindServer, saidIn: csvOrders },
    ],
    secrets: new Map([[secretName, new Secret(token)]]),
    url: server.url,
    close: server.close,
  };
}
