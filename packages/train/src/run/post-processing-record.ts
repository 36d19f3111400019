/** What a run's `metrics.json` says of its post-processing: what it is worth, and what the submission was made with. */
import type { PostProcessingSetting, TunedPostProcessing } from '@foldwise/metrics';

export interface PostProcessingRecord extends TunedPostProcessing {
  /** As the pipeline asked for it; where that changes, the results are made anew. */
  setting: PostProcessingSetting;
}
