/** Movie sentiment: MiniLM with the mean of its tokens, five folds stratified by rating; and two other heads. */
import { definePipeline } from '@foldwise/data';

export default definePipeline({
  name: 'movie-sentiment',
  encoder: 'sentence-transformers/all-MiniLM-L6-v2',
  head: 'mean',
  folds: { kind: 'stratified', k: 5, seed: 42 },
  training: { epochs: 3, batch: 32, lr: 1e-4, warmup: 0.1, maxLength: 128 },
  experiments: { head: ['mean', 'cls', 'max'] },
});
