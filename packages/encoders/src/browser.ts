/** What of this package runs in a browser: the layers and the models; a model's weights come with the saved model. */
export { families } from './families.ts';
export { inputNames, type EncoderConfig, type EncoderFamily, type InputName } from './family.ts';
export { inOrder } from './in-order.ts';
