/** A round number at least as large as the largest of them, so that the axis is easily read. */
export function ceilingOf(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 4, 5, 10].find((it) => it * power >= most) ?? 10;
  return step * power;
}

/** How red a cell is: 0 where nothing is wrong, to 4 where most is. */
export function heatOf(wrong: number, total: number): 0 | 1 | 2 | 3 | 4 {
  if (wrong === 0 || total === 0) return 0;
  const share = wrong / total;
  if (share <= 0.1) return 1;
  if (share <= 0.25) return 2;
  return share <= 0.5 ? 3 : 4;
}
