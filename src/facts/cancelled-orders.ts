import type { Hit } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where work is sold, who cancels an order ends the work; elsewhere it is the money that is asked back, which other phrases say. */
export function hearCancelledOrders(hits: Hit[], { products }: Pick<Vocabulary, 'products'>): Hit[] {
  return products.includes('digital_service') ? hits.map((hit) => (hit.concept === 'want_cancel_order' ? { ...hit, concept: 'want_cancel' } : hit)) : hits;
}
