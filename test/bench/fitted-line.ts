/** A straight line through points, by least squares. */
export interface FittedLine {
  readonly slope: number;
  /** The standard error of the slope. */
  readonly slopeError: number;
}

export function fitLine(points: readonly (readonly [x: number, y: number])[]): FittedLine {
  const count = points.length;
  const meanOf = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / count;
  const [meanX, meanY] = [meanOf(0), meanOf(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const left = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, slopeError: spread === 0 || count < 3 ? 0 : Math.sqrt(left / (count - 2) / spread) };
}
