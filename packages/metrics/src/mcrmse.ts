/** Mean column-wise RMSE, the name by which competitions with several targets ask for `rmse`. */
import type { Metric } from './metric.ts';
import { rmse } from './rmse.ts';

export const mcrmse: Metric = { ...rmse, name: 'mcrmse', tasks: ['regression'] };
